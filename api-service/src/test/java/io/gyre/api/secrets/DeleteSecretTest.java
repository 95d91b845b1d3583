package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeleteSecretTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void aSecretIsKeptForThirtyDaysOrAsLongAsIsSaid() throws Exception {
        assertEquals(30, window(new DeleteSecretRequest()));
        assertEquals(7, window(new DeleteSecretRequest().setRecoveryWindowInDays("7")));
    }

    @Test
    void byForceItIsGoneAtOnceWhateverWindowIsSentAlong() throws Exception {
        String name = secrets.create(secrets.rdsDouble());
        clients.current()
                .deleteSecret(new DeleteSecretRequest()
                        .setSecretName(name)
                        .setForceDeleteWithoutRecovery("true")
                        .setRecoveryWindowInDays("30"));
        assertEquals(0, rows.count("SELECT count(*) FROM secret WHERE name = ?", name));
        Refusal.expect(404, "Forbidden.ResourceNotFound", "Resource not found.", () -> clients.current()
                .deleteSecret(new DeleteSecretRequest().setSecretName(name)));
        secrets.create(secrets.rdsDouble().setSecretName(name));
    }

    @Test
    void itCannotBeDeletedTwice() throws Exception {
        DeleteSecretRequest request = new DeleteSecretRequest().setSecretName(secrets.create(secrets.generic()));
        clients.current().deleteSecret(request);
        Refusal.expect(409, "Rejected.ResourceInDeleteWindow", "secret in delete peroid", () -> clients.current()
                .deleteSecret(request));
    }

    @Test
    void whileItIsRotatedItIsNotDeletedNotEvenByForce() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        for (String force : new String[] {"false", "true"}) {
            Refusal.expect(
                    409,
                    "Rejected.ResourceInUse",
                    "Your secret is being rotated, please try again later",
                    () -> clients.current()
                            .deleteSecret(new DeleteSecretRequest()
                                    .setSecretName(name)
                                    .setForceDeleteWithoutRecovery(force)));
        }
        assertEquals(1, rows.activeRotation("phase", name).size());
    }

    @Test
    void aWindowOutsideSevenToThirtyDaysIsRefused() throws Exception {
        String name = secrets.create(secrets.generic());
        for (String days : new String[] {"6", "31", "week", "-1"}) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .deleteSecret(new DeleteSecretRequest().setSecretName(name).setRecoveryWindowInDays(days)));
        }
    }

    private long window(DeleteSecretRequest request) throws Exception {
        String name = secrets.create(secrets.generic());
        clients.current().deleteSecret(request.setSecretName(name));
        return rows.count(
                "SELECT round(extract(epoch FROM deletion_planned_at - created_at) / 86400)::int FROM secret"
                        + " WHERE name = ?",
                name);
    }
}
