package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.ListSecretVersionIdsRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretResponseBody;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RotateSecretTest {
    private static final String CHOSEN = "chosen-by-the-caller";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void aRotationBeginsWithAllThatAWorkerNeeds() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        RotateSecretResponseBody answer = rotate(name, "v2");
        assertEquals("acs:kms:cn-hangzhou:1000000000000001:secret/" + name, answer.getArn());
        assertEquals("v2", answer.getVersionId());
        String idle = rows.text(
                "SELECT version_id FROM secret_stage JOIN secret USING (secret_id) WHERE name = ?"
                        + " AND stage = 'ACSPrevious'",
                name);
        assertEquals(
                List.of("rds,DoubleUsers,immediate,v2,v1," + idle + ",REQUESTED,Running,1,operational,0"),
                rows.texts(
                        "SELECT concat_ws(',', rotation_type, r.secret_sub_type, trigger, candidate_version,"
                                + " former_version, idle_version, phase, state, steps, wake_clock, fence)"
                                + " FROM rotation r JOIN secret s USING (secret_id) WHERE s.name = ?",
                        name));
        assertEquals(
                List.of("{\"DBInstanceId\": \"" + Secrets.instanceOf("rm", name)
                        + "\", \"CustomData.team\": \"payments\"}"),
                rows.activeRotation("target", name));
        assertEquals(
                List.of("1,REQUESTED,Running,Requested by RotateSecret."),
                rows.texts(
                        "SELECT concat_ws(',', step, p.phase, p.state, note, worker) FROM rotation_step p"
                                + " JOIN rotation r USING (rotation_id) JOIN secret s USING (secret_id) WHERE s.name = ?",
                        name));
    }

    @Test
    void theOverlapOfARamRotationIsTheWindowThatTheCallerGives() throws Exception {
        String without = secrets.create(secrets.ram());
        rotate(without, "v2");
        assertEquals(List.of("1800"), rows.activeRotation("overlap_seconds", without));
        String with = secrets.create(secrets.ram());
        clients.call("RotateSecret", Map.of("SecretName", with, "VersionId", "v2", "RotationWindow", "48h"));
        assertEquals(List.of("172800"), rows.activeRotation("overlap_seconds", with));
        String rds = secrets.create(secrets.rdsSingle());
        rotate(rds, "v2");
        assertEquals(rows.texts("SELECT CAST(NULL AS text)"), rows.activeRotation("overlap_seconds", rds));
        for (String window : List.of("9m", "49h", "30")) {
            Refusal.expect(
                    400,
                    "InvalidParameter",
                    () -> clients.call(
                            "RotateSecret", Map.of("SecretName", with, "VersionId", "v3", "RotationWindow", window)));
        }
    }

    @Test
    void aSecondRotationIsRefusedWhileTheFirstRuns() throws Exception {
        String name = secrets.create(secrets.ecsPassword());
        rotate(name, "v2");
        Refusal.expect(
                409,
                "Rejected.ResourceInUse",
                "Your secret is being rotated, please try again later",
                () -> rotate(name, "v3"));
        rows.endRotation(name);
        rotate(name, "v3");
        assertEquals(List.of("v3"), rows.activeRotation("candidate_version", name));
    }

    @Test
    void theVersionIdIsATokenOfIdempotency() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        String before = rows.everythingKept();
        rotate(name, "v1");
        assertEquals(before, rows.everythingKept());
        rotate(name, "v2");
        String rotating = rows.everythingKept();
        rotate(name, "v2");
        rotate(name, "v1");
        assertEquals(rotating, rows.everythingKept());
    }

    @Test
    void aChosenValueIsStoredPendingAndShownByNoAction() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        String data = "{\"AccountName\":\"app_b\",\"AccountPassword\":\"" + CHOSEN + "\"}";
        clients.call("RotateSecret", Map.of("SecretName", name, "VersionId", "v2", "SecretData", data));
        assertEquals(
                "app_b",
                rows.text(
                        "SELECT credential_name FROM secret_version JOIN secret USING (secret_id)"
                                + " WHERE name = ? AND version_id = 'v2' AND pending",
                        name));
        assertFalse(rows.everything().contains(CHOSEN));
        assertFalse(clients
                .current()
                .listSecretVersionIds(
                        new ListSecretVersionIdsRequest().setSecretName(name).setIncludeDeprecated("true"))
                .getBody()
                .getVersionIds()
                .getVersionId()
                .stream()
                .anyMatch(version -> version.getVersionId().equals("v2")));
        assertEquals(
                "v1",
                clients.current()
                        .getSecretValue(
                                new GetSecretValueRequest().setSecretName(name).setVersionId("v2"))
                        .getBody()
                        .getVersionId());
    }

    @Test
    void aChosenValueOfTheWrongFormOrNameBeginsNothing() throws Exception {
        String pair = secrets.create(secrets.rdsDouble());
        String ecs = secrets.create(secrets.ecsPassword());
        String ram = secrets.create(secrets.ram());
        String before = rows.everythingKept();
        expectRefused(pair, "{\"AccountName\":\"app_a\",\"AccountPassword\":\"x\"}", "InvalidParameter");
        expectRefused(pair, "{\"UserName\":\"app_b\",\"Password\":\"x\"}", "InvalidParameter");
        expectRefused(ecs, "{\"UserName\":\"admin\",\"Password\":\"x\"}", "InvalidParameter");
        expectRefused(ecs, "x", "InvalidParameter");
        expectRefused(ram, "{\"AccessKeyId\":\"LTAI2\",\"AccessKeySecret\":\"x\"}", "UnsupportedOperation");
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void whatIsNotRotatedIsSaidSo() throws Exception {
        String generic = secrets.create(secrets.generic());
        String deleted = secrets.create(secrets.rdsSingle());
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(deleted));
        Refusal.expect(400, "UnsupportedOperation", "This action is not supported.", () -> rotate(generic, "v2"));
        Refusal.expect(409, "Rejected.ResourceInDeleteWindow", "secret in delete peroid", () -> rotate(deleted, "v2"));
        Refusal.expect(404, "Forbidden.ResourceNotFound", "Resource not found.", () -> rotate("absent", "v2"));
        Refusal.expect(400, "MissingParameter", () -> rotate(generic, null));
        Refusal.expect(400, "InvalidParameter", () -> rotate(generic, "v".repeat(65)));
    }

    private void expectRefused(String name, String data, String code) {
        Refusal.expect(
                400,
                code,
                () -> clients.call("RotateSecret", Map.of("SecretName", name, "VersionId", "v2", "SecretData", data)));
    }

    private RotateSecretResponseBody rotate(String name, String versionId) throws Exception {
        return clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId(versionId))
                .getBody();
    }
}
