package io.gyre.api.secrets;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretResponseBody;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RestoreSecretRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RestoreSecretTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void aRestoredSecretIsAsItWas() throws Exception {
        String name = secrets.create(secrets.generic());
        delete(name);
        assertEquals(name, restore(name));
        assertNull(describe(name).getPlannedDeleteTime());
        assertEquals(
                "first value",
                clients.current()
                        .getSecretValue(new GetSecretValueRequest().setSecretName(name))
                        .getBody()
                        .getSecretData());
    }

    @Test
    void aLiveSecretIsNotRestored() throws Exception {
        String name = secrets.create(secrets.generic());
        String before = rows.everythingKept();
        Refusal.expect(409, "Rejected.ResourceInUse", "restore normal secret", () -> restore(name));
        Refusal.expect(404, "Forbidden.ResourceNotFound", "Resource not found.", () -> restore("absent"));
        Refusal.expect(
                400, "MissingParameter", "The parameter \"SecretName\" is needed but not provided.", () -> restore(""));
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void restoringNeverRotatesAndTellsOfTheDateThatWasMissed() throws Exception {
        String name = secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("7d"));
        String due = describe(name).getNextRotationDate();
        delete(name);
        rows.passDays(10);
        Map<String, Object> answer = clients.call("RestoreSecret", Map.of("SecretName", name));
        assertEquals(due, answer.get("MissedRotationDate"));
        assertEquals(describe(name).getNextRotationDate(), answer.get("NextRotationDate"));
        Instant next = Instant.parse((String) answer.get("NextRotationDate"));
        assertEquals(
                Duration.ofDays(7),
                Duration.between(Instant.parse(describe(name).getUpdateTime()), next));
        assertEquals(0, rows.activeRotation("phase", name).size());
    }

    @Test
    void aDateThatIsStillToComeStays() throws Exception {
        String name = secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("300d"));
        String due = describe(name).getNextRotationDate();
        delete(name);
        Map<String, Object> answer = clients.call("RestoreSecret", Map.of("SecretName", name));
        assertFalse(answer.containsKey("MissedRotationDate"));
        assertEquals(due, describe(name).getNextRotationDate());
    }

    @Test
    void aNameIsTakenInsideTheWindowAndFreeAfterIt() throws Exception {
        String name = secrets.create(secrets.generic());
        delete(name);
        Refusal.expect(
                409,
                "Rejected.ResourceInDeleteWindow",
                "The secret is planned to be deleted.",
                () -> secrets.create(secrets.generic().setSecretName(name)));
        rows.passDays(31);
        Refusal.expect(404, "Forbidden.ResourceNotFound", "Resource not found.", () -> restore(name));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rows.count("SELECT count(*) FROM secret WHERE name = ?", name) == 0);
        assertEquals(name, secrets.create(secrets.generic().setSecretName(name)));
        assertTrue(rows.stages(name).equals("ACSCurrent v1"), rows.stages(name));
    }

    private void delete(String name) throws Exception {
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(name));
    }

    private String restore(String name) throws Exception {
        return clients.current()
                .restoreSecret(new RestoreSecretRequest().setSecretName(name))
                .getBody()
                .getSecretName();
    }

    private DescribeSecretResponseBody describe(String name) throws Exception {
        return clients.current()
                .describeSecret(new DescribeSecretRequest().setSecretName(name))
                .getBody();
    }
}
