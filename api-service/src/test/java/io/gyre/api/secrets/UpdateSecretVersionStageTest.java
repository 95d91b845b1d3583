package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.UpdateSecretVersionStageRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UpdateSecretVersionStageTest {
    private static final String MISMATCH = "param mismatch";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void theCurrentVersionMovesBackAndTheFormerOneBecomesPrevious() throws Exception {
        String name = withVersions("v2", "v3");
        move(name, "ACSCurrent", null, "v1");
        assertEquals("ACSCurrent v1, ACSPrevious v3", rows.stages(name));
        assertEquals(
                "first value",
                clients.current()
                        .getSecretValue(new GetSecretValueRequest().setSecretName(name))
                        .getBody()
                        .getSecretData());
    }

    @Test
    void aLabelOfTheOwnersOwnIsGivenMovedAndTakenAway() throws Exception {
        String name = withVersions("v2");
        move(name, "Blue", null, "v1");
        assertEquals("ACSCurrent v2, ACSPrevious v1, Blue v1", rows.stages(name));
        move(name, "Blue", null, "v2");
        assertEquals("ACSCurrent v2, ACSPrevious v1, Blue v2", rows.stages(name));
        move(name, "Blue", "v2", "v1");
        assertEquals("ACSCurrent v2, ACSPrevious v1, Blue v1", rows.stages(name));
        move(name, "Blue", "v1", null);
        assertEquals("ACSCurrent v2, ACSPrevious v1", rows.stages(name));
    }

    @Test
    void movingALabelToWhereItIsChangesNothing() throws Exception {
        String name = withVersions("v2");
        String before = rows.everythingKept();
        move(name, "ACSCurrent", null, "v2");
        move(name, "ACSPrevious", "v1", "v1");
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void thePreviousVersionCanBeAnyButTheCurrentOne() throws Exception {
        String name = withVersions("v2", "v3");
        move(name, "ACSPrevious", "v2", "v1");
        assertEquals("ACSCurrent v3, ACSPrevious v1", rows.stages(name));
        Refusal.expect(
                400,
                "Rejected.UnsupportedOperation",
                "secret stages in unnormal status",
                () -> move(name, "ACSPrevious", null, "v3"));
        assertEquals("ACSCurrent v3, ACSPrevious v1", rows.stages(name));
    }

    @Test
    void aLabelIsTakenOnlyFromTheVersionThatHasIt() throws Exception {
        String name = withVersions("v2");
        move(name, "Blue", null, "v1");
        String before = rows.everythingKept();
        Refusal.expect(400, "Rejected.InvalidRequest", MISMATCH, () -> move(name, "Blue", "v2", "v1"));
        Refusal.expect(400, "Rejected.InvalidRequest", MISMATCH, () -> move(name, "Blue", "v2", null));
        Refusal.expect(400, "Rejected.InvalidRequest", MISMATCH, () -> move(name, "Blue", "absent", null));
        Refusal.expect(400, "Rejected.InvalidRequest", MISMATCH, () -> move(name, "Green", "v1", "v2"));
        Refusal.expect(400, "Rejected.InvalidRequest", MISMATCH, () -> move(name, "ACSCurrent", "v1", "v1"));
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void theTwoBuiltInLabelsAreMovedAndNeverJustTaken() throws Exception {
        String name = withVersions("v2");
        String missing = "The parameter \"MoveToVersion\" is needed but not provided.";
        Refusal.expect(400, "MissingParameter", missing, () -> move(name, "ACSCurrent", "v2", null));
        Refusal.expect(400, "MissingParameter", missing, () -> move(name, "ACSPrevious", "v1", null));
        Refusal.expect(400, "MissingParameter", missing, () -> move(name, "Blue", null, null));
        Refusal.expect(
                400,
                "MissingParameter",
                "The parameter \"VersionStage\" is needed but not provided.",
                () -> move(name, null, null, "v1"));
        assertEquals("ACSCurrent v2, ACSPrevious v1", rows.stages(name));
    }

    @Test
    void whatIsNotThereOrCannotBeIsRefusedWithoutATrace() throws Exception {
        String generic = withVersions("v2");
        String managed = secrets.create(secrets.rdsDouble());
        String deleted = withVersions("v2");
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(deleted));
        String before = rows.everythingKept();
        String notFound = "Resource not found.";
        Refusal.expect(404, "Forbidden.ResourceNotFound", notFound, () -> move("absent", "Blue", null, "v1"));
        Refusal.expect(404, "Forbidden.ResourceNotFound", notFound, () -> move(generic, "Blue", null, "v9"));
        Refusal.expect(400, "UnsupportedOperation", () -> move(managed, "ACSCurrent", null, "v1"));
        Refusal.expect(
                409,
                "Rejected.ResourceInDeleteWindow",
                "secret in delete peroid",
                () -> move(deleted, "Blue", null, "v1"));
        Refusal.expect(
                400,
                "InvalidParameter",
                "some of the specified parameters \"VersionStage\" is not valid: a label has 1 to 64 letters, digits"
                        + " and _ / + = . @ -.",
                () -> move(generic, "not a label", null, "v1"));
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void whileItIsRotatedItsLabelsStay() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        Refusal.expect(
                409,
                "Rejected.ResourceInUse",
                "Your secret is being rotated, please try again later",
                () -> move(name, "ACSCurrent", null, "v1"));
    }

    @Test
    void aSecretHasTwentyLabelsAtMost() throws Exception {
        String name = secrets.create(secrets.generic());
        for (int i = 2; i <= 20; i++) {
            move(name, "L" + i, null, "v1");
        }
        Refusal.expect(
                400, "Rejected.LimitExceeded", "exceed secret limits error", () -> move(name, "L21", null, "v1"));
        move(name, "L20", "v1", null);
        move(name, "L21", null, "v1");
    }

    private String withVersions(String... versions) throws Exception {
        String name = secrets.create(secrets.generic());
        for (String version : versions) {
            clients.current()
                    .putSecretValue(new PutSecretValueRequest()
                            .setSecretName(name)
                            .setVersionId(version)
                            .setSecretData("value of " + version));
        }
        return name;
    }

    private void move(String name, String stage, String from, String to) throws Exception {
        String answered = clients.current()
                .updateSecretVersionStage(new UpdateSecretVersionStageRequest()
                        .setSecretName(name)
                        .setVersionStage(stage)
                        .setRemoveFromVersion(from)
                        .setMoveToVersion(to))
                .getBody()
                .getSecretName();
        assertEquals(name, answered);
    }
}
