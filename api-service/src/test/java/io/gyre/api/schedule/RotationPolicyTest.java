package io.gyre.api.schedule;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretResponseBody;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.UpdateSecretRotationPolicyRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.api.wire.WireTime;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RotationPolicyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void thePolicyCountsFromTheLastRotationOrElseFromCreation() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        setPolicy(name, true, "90d");
        DescribeSecretResponseBody created = describe(name);
        assertEquals(
                Instant.parse(created.getCreateTime()).plus(Duration.ofDays(90)),
                Instant.parse(created.getNextRotationDate()));
        rows.change("UPDATE secret SET last_rotation_at = created_at + interval '10 days' WHERE name = ?", name);
        setPolicy(name, true, "90d");
        DescribeSecretResponseBody rotated = describe(name);
        assertEquals(
                Instant.parse(rotated.getLastRotationDate()).plus(Duration.ofDays(90)),
                Instant.parse(rotated.getNextRotationDate()));
        assertEquals("7776000s", rotated.getRotationInterval());
    }

    @ParameterizedTest
    @CsvSource({
        "6h,21600",
        "360m,21600",
        "21600s,21600",
        "7d,604800",
        "36h,129600",
        "365d,31536000",
        "8760h,31536000",
        "525600m,31536000",
        "31536000s,31536000"
    })
    void anIntervalOfAnyFormIsToldInSecondsAndTheDateFollowsItInEveryAnswer(String given, long seconds)
            throws Exception {
        var created = clients.current()
                .createSecret(secrets.ram().setEnableAutomaticRotation(true).setRotationInterval(given))
                .getBody();
        DescribeSecretResponseBody described = describe(created.getSecretName());
        String date = WireTime.text(Instant.parse(described.getCreateTime()).plusSeconds(seconds));
        assertEquals(seconds + "s", described.getRotationInterval());
        assertEquals(date, described.getNextRotationDate());
        assertEquals(seconds + "s", created.getRotationInterval());
        assertEquals(date, created.getNextRotationDate());
        var value = clients.current()
                .getSecretValue(new GetSecretValueRequest().setSecretName(created.getSecretName()))
                .getBody();
        assertEquals(seconds + "s", value.getRotationInterval());
        assertEquals(date, value.getNextRotationDate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5h",
                "359m",
                "21599s",
                "366d",
                "8761h",
                "31536001s",
                "7",
                "7w",
                "7D",
                "-7d",
                "1.5d",
                " 7d",
                "7d ",
                "٧d"
            })
    void anIntervalOfAnotherFormOrRangeIsRefused(String given) throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        Refusal.expect(
                400,
                "InvalidParameter",
                "The specified parameter RotationInterval is not valid.",
                () -> setPolicy(name, true, given));
        assertEquals("Disabled", describe(name).getAutomaticRotation());
    }

    @Test
    void aPolicyThatIsTakenAwayIsToldNoMore() throws Exception {
        String name = secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("7d"));
        setPolicy(name, false, null);
        DescribeSecretResponseBody answer = describe(name);
        assertEquals("Disabled", answer.getAutomaticRotation());
        assertNull(answer.getRotationInterval());
        assertNull(answer.getNextRotationDate());
    }

    @Test
    void aPolicyStartsARotationByItselfWhenItsDateComes() throws Exception {
        String name = secrets.create(secrets.ram());
        setPolicy(name, true, "7d");
        rows.passDays(6);
        assertEquals(List.of(), rows.activeRotation("trigger", name));
        rows.passDays(1);
        awaitRotations(List.of(name));
        assertEquals(List.of("automatic"), rows.activeRotation("trigger", name));
        assertEquals(List.of("172800"), rows.activeRotation("overlap_seconds", name));
        assertEquals(
                List.of("Due by the secret's rotation policy."),
                rows.texts(
                        "SELECT note FROM rotation_step JOIN rotation r USING (rotation_id)"
                                + " JOIN secret s USING (secret_id) WHERE s.name = ?",
                        name));
    }

    @Test
    void aPolicyWhoseDateIsPastStartsARotationAtOnce() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        rows.passDays(8);
        setPolicy(name, true, "7d");
        awaitRotations(List.of(name));
        assertEquals(List.of("automatic"), rows.activeRotation("trigger", name));
    }

    @Test
    void moreThanABatchThatIsDueIsBegunWholeThoughSomeAreRotatedAlready() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            names.add(secrets.create(
                    secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("7d")));
        }
        clients.current()
                .rotateSecret(
                        new RotateSecretRequest().setSecretName(names.get(0)).setVersionId("mine"));
        rows.passDays(7);
        awaitRotations(names);
        assertEquals(List.of("mine"), rows.activeRotation("candidate_version", names.get(0)));
        assertEquals(List.of("automatic"), rows.activeRotation("trigger", names.get(119)));
    }

    @Test
    void aSecretThatCannotBeRotatedHoldsUpNoOther() throws Exception {
        String broken = secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("7d"));
        String sound = secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("7d"));
        rows.change("UPDATE secret SET extended_config = '{}' WHERE name = ?", broken);
        rows.passDays(7);
        awaitRotations(List.of(sound));
        assertEquals(List.of(), rows.activeRotation("trigger", broken));
        setPolicy(broken, false, null);
    }

    @Test
    void aSecretToBeDeletedStartsNothing() throws Exception {
        String deleted = secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("7d"));
        String witness = secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("7d"));
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(deleted));
        rows.passDays(7);
        awaitRotations(List.of(witness));
        assertEquals(List.of(), rows.activeRotation("trigger", deleted));
    }

    @Test
    void aSecretIsGoneWhenItsRecoveryWindowHasPassed() throws Exception {
        String name = secrets.create(secrets.generic());
        clients.current()
                .deleteSecret(new DeleteSecretRequest().setSecretName(name).setRecoveryWindowInDays("7"));
        rows.passDays(7);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rows.count("SELECT count(*) FROM secret WHERE name = ?", name) == 0);
    }

    @Test
    void whileItIsRotatedThePolicyIsNotChanged() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        Refusal.expect(
                409,
                "Rejected.ResourceInUse",
                "Your secret is being rotated, please try again later",
                () -> setPolicy(name, true, "7d"));
        rows.endRotation(name);
        setPolicy(name, true, "7d");
        assertEquals("Enabled", describe(name).getAutomaticRotation());
    }

    @Test
    void aPolicyThatCannotBeIsRefusedWithoutATrace() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        String generic = secrets.create(secrets.generic());
        String deleted = secrets.create(secrets.rdsSingle());
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(deleted));
        String before = rows.everythingKept();
        Refusal.expect(400, "MissingParameter", () -> setPolicy(name, null, "7d"));
        Refusal.expect(400, "MissingParameter", () -> setPolicy(name, true, null));
        Refusal.expect(
                400,
                "InvalidParameter",
                "The specified parameter RotationInterval is not valid.",
                () -> setPolicy(name, true, "5h"));
        Refusal.expect(400, "UnsupportedOperation", () -> setPolicy(generic, true, "7d"));
        Refusal.expect(409, "Rejected.ResourceInDeleteWindow", () -> setPolicy(deleted, true, "7d"));
        Refusal.expect(404, "Forbidden.ResourceNotFound", () -> setPolicy("absent", true, "7d"));
        assertEquals(before, rows.everythingKept());
    }

    private void awaitRotations(List<String> names) {
        await().atMost(Duration.ofSeconds(60)).until(() -> names.stream()
                .noneMatch(name -> rows.activeRotation("phase", name).isEmpty()));
    }

    private void setPolicy(String name, Boolean enabled, String interval) throws Exception {
        clients.current()
                .updateSecretRotationPolicy(new UpdateSecretRotationPolicyRequest()
                        .setSecretName(name)
                        .setEnableAutomaticRotation(enabled)
                        .setRotationInterval(interval));
    }

    private DescribeSecretResponseBody describe(String name) throws Exception {
        return clients.current()
                .describeSecret(new DescribeSecretRequest().setSecretName(name))
                .getBody();
    }

    /** What a worker writes where a rotation by a policy has failed is played here. */
    @Test
    void aRotationThatFailedIsTriedAgainAndTheLessOftenTheLongerItsDateIsPast() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        setPolicy(name, true, "90d");
        rows.change(
                "UPDATE secret SET next_rotation_at = calendar_now() - interval '80 minutes',"
                        + " rotation_status = 'Invalid' WHERE name = ?",
                name);
        assertEquals(
                "failure true",
                rows.text(
                        "SELECT held_by || ' ' || (begins_at BETWEEN calendar_now() + interval '9 minutes'"
                                + " AND calendar_now() + interval '11 minutes') FROM rotation_plan JOIN secret USING (secret_id) WHERE name = ?",
                        name));
        rows.beginsAt("calendar_now()", name);
        await().atMost(PATIENCE)
                .until(() -> rows.count(
                                "SELECT count(*) FROM rotation JOIN secret USING (secret_id) WHERE trigger = 'automatic'"
                                        + " AND name = ?",
                                name)
                        == 1);
        assertEquals("Invalid", describe(name).getAutomaticRotation());
    }
}
