package io.gyre.api.schedule;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Rows.Held;
import io.gyre.api.testing.Secrets;
import io.gyre.rotation.RotationLock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Secrets that must not be rotated at the same time, and are not. */
@QuarkusTest
class RotationTurnsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    private CreateSecretRequest ofAccount(String instance, String account) {
        return secrets.rdsSingle()
                .setExtendedConfig(Map.of("SecretSubType", "SingleUser", "DBInstanceId", instance))
                .setSecretData(
                        "{\"Accounts\":[{\"AccountName\":\"" + account + "\",\"AccountPassword\":\"password-1\"}]}");
    }

    private CreateSecretRequest inGroup(String group) {
        return secrets.rdsSingle().setTags("[{\"TagKey\":\"gyre:rotation-group\",\"TagValue\":\"" + group + "\"}]");
    }

    private void rotate(String name) throws Exception {
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
    }

    private boolean rotates(String name) {
        return !rows.activeRotation("state", name).isEmpty();
    }

    private void makeDue(String name) {
        rows.change(
                "UPDATE secret SET rotation_status = 'Enabled', rotation_interval_seconds = 604800,"
                        + " next_rotation_at = calendar_now() - interval '1 second' WHERE name = ?",
                name);
    }

    /** As if the time had come at which it is looked at again. */
    private void lookAgain(String name) {
        rows.beginsAt("calendar_now()", name);
    }

    private void awaitHeld(String name) {
        await().atMost(PATIENCE)
                .until(() -> rows.count(
                                "SELECT count(*) FROM rotation_plan JOIN secret USING (secret_id) WHERE name = ? AND held_by = 'turn'",
                                name)
                        == 1);
    }

    private void expectTheLaterOneToWait(String former, String later) {
        makeDue(former);
        await().atMost(PATIENCE).until(() -> rotates(former));
        makeDue(later);
        awaitHeld(later);
        assertFalse(rotates(later));
        rows.endRotation(former);
        lookAgain(later);
        await().atMost(PATIENCE).until(() -> rotates(later));
        assertEquals(
                0,
                rows.count(
                        "SELECT count(*) FROM rotation_plan JOIN secret USING (secret_id) WHERE name = ? AND held_by IS NOT NULL",
                        later));
        rows.endRotation(later);
    }

    @Test
    void twoSecretsOfOneAccountAreNotRotatedByTheirPoliciesAtTheSameTime() throws Exception {
        expectTheLaterOneToWait(
                secrets.create(ofAccount("rm-turns", "shared")), secrets.create(ofAccount("rm-turns", "shared")));
    }

    @Test
    void oneOfAPairOfAccountsIsEnoughToWait() throws Exception {
        String pair = secrets.create(secrets.rdsDouble());
        String instance = Secrets.instanceOf("rm", pair);
        expectTheLaterOneToWait(pair, secrets.create(ofAccount(instance, "app_b")));
        String another = secrets.create(ofAccount(instance, "app_c"));
        rotate(pair);
        rotate(another);
        rows.endRotation(pair);
        rows.endRotation(another);
    }

    @Test
    void twoSecretsOfOneGroupAreNotRotatedByTheirPoliciesAtTheSameTime() throws Exception {
        expectTheLaterOneToWait(secrets.create(inGroup("turns-1")), secrets.create(inGroup("turns-1")));
    }

    @Test
    void aSecretOfAnotherGroupDoesNotWait() throws Exception {
        String one = secrets.create(inGroup("turns-2"));
        String other = secrets.create(inGroup("turns-3"));
        makeDue(one);
        makeDue(other);
        await().atMost(PATIENCE).until(() -> rotates(one) && rotates(other));
        rows.endRotation(one);
        rows.endRotation(other);
    }

    @Test
    void whoAsksForARotationIsToldThatTheAccountIsBeingRotatedAndDoesNotWaitForAGroup() throws Exception {
        String one = secrets.create(ofAccount("rm-turns", "asked"));
        String other = secrets.create(ofAccount("rm-turns", "asked"));
        rotate(one);
        Refusal.expect(409, "Rejected.ResourceInUse", RotationLock.REFUSAL, () -> rotate(other));
        assertFalse(rotates(other));
        rows.endRotation(one);
        rotate(other);
        rows.endRotation(other);

        String member = secrets.create(inGroup("turns-4"));
        String secondMember = secrets.create(inGroup("turns-4"));
        rotate(member);
        rotate(secondMember);
        String thirdMember = secrets.create(inGroup("turns-4"));
        rows.endRotation(member);
        makeDue(thirdMember);
        awaitHeld(thirdMember);
        rows.endRotation(secondMember);
        lookAgain(thirdMember);
        await().atMost(PATIENCE).until(() -> rotates(thirdMember));
        rows.endRotation(thirdMember);
    }

    @Test
    void ofTwoProcessesThatWantOneAccountTheSecondSeesWhatTheFirstDid() throws Exception {
        String first = secrets.create(ofAccount("rm-turns", "first"));
        String second = secrets.create(ofAccount("rm-turns", "wanted"));
        rotate(first);
        String turn = "Rds rm-turns wanted";
        try (Held process = rows.held()) {
            process.texts("SELECT pg_advisory_xact_lock(hashtextextended(?, 23))", turn);
            CompletableFuture<Refusal> refusal = CompletableFuture.supplyAsync(() -> Refusal.of(() -> rotate(second)));
            await().atMost(PATIENCE)
                    .until(() -> rows.count(
                                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                                            + " AND objid = CAST(hashtextextended(?, 23) & 4294967295 AS oid)",
                                    turn)
                            == 1);
            process.change(
                    "INSERT INTO rotation_turn SELECT ?, rotation_id FROM rotation r JOIN secret s USING (secret_id)"
                            + " WHERE s.name = ? AND r.ended_at IS NULL",
                    turn,
                    first);
            process.commit();
            assertEquals(RotationLock.REFUSAL, refusal.get().message());
        }
        rows.endRotation(first);
        rotate(second);
        assertEquals(
                List.of(second),
                rows.texts(
                        "SELECT s.name FROM rotation_turn t JOIN rotation r USING (rotation_id)"
                                + " JOIN secret s USING (secret_id) WHERE t.turn = ?",
                        turn),
                "turns of rotations that have ended are forgotten");
        rows.endRotation(second);
    }
}
