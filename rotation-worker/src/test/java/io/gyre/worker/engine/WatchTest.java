package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ReachDatabase;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Remedy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final EngineSettings SETTINGS =
            new EngineSettings(64, 1_000, 64, 32, Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofSeconds(15));

    private static final Outcome NO_ACCOUNT =
            new Refused(Remedy.ASK_PERSON, "InvalidAccountName.NotFound", "There is no account app_b: create it.");

    private final World world = new World();
    private final List<Effect> looked = new CopyOnWriteArrayList<>();
    private CallBudget budget = new Unlimited();
    private volatile Outcome atInspection = Done.with(Map.of(RdsRotation.HOST, "127.0.0.1", RdsRotation.PORT, "5432"));

    @AfterEach
    void end() {
        world.close();
    }

    /** Only looks are answered: whatever changes the target is a failure of the test. */
    private Uni<Outcome> looks(Effect effect, Map<Credential, SecretText> credentials) {
        looked.add(effect);
        if (effect instanceof InspectAccount) {
            return Uni.createFrom().item(atInspection);
        }
        if (effect instanceof ReachDatabase reach) {
            assertEquals("old password of app_a", credentials.get(reach.which()).reveal());
            return Uni.createFrom().item(Done.with(Map.of(RdsRotation.LOGIN, "works")));
        }
        throw new AssertionError("A look changed the target: " + effect);
    }

    private void watching(Runnable test) {
        Watch watch = new Watch(
                new PostgresWatchStore(world.pool, world.envelope, "worker-1", List.of("rds"), world.ticks()),
                Map.of("rds", new RotationType("rds", new RdsRotation(), this::looks)),
                budget,
                SETTINGS,
                world.ticks(),
                world.executor);
        watch.start();
        test.run();
        watch.drain();
    }

    private UUID late(String secret, String state) {
        UUID rotation = world.rotation(world.secret(secret), "immediate");
        world.sql(
                "UPDATE rotation SET state = $2, wake_at = CASE WHEN $2 = 'Running' THEN wake_at END,"
                        + " wake_clock = CASE WHEN $2 = 'Running' THEN wake_clock END, late_clock = 'operational',"
                        + " late_at = clock_timestamp() WHERE rotation_id = $1",
                rotation,
                state);
        world.sql(
                "INSERT INTO rotation_step VALUES ($1, 1, 'REQUESTED', 'Running', 'Requested.', NULL, now(), now())",
                rotation);
        return rotation;
    }

    private String findingOf(UUID rotation) {
        return world.text("SELECT coalesce(late_finding, '') FROM rotation WHERE rotation_id = $1", rotation);
    }

    @Test
    void whatIsFoundAtTheTargetOfALateRotationIsStoredShownAndEmitted() {
        atInspection = NO_ACCOUNT;
        UUID rotation = late("s", "Running");
        watching(() -> world.await("a finding", () -> !findingOf(rotation).isEmpty()));
        assertTrue(findingOf(rotation).contains("There is no account app_b: create it."), findingOf(rotation));
        assertEquals(
                "2 Late. It was expected to take 2 minutes. There is no account app_b: create it. worker-1",
                world.text(
                        "SELECT concat_ws(' ', step, note, worker) FROM rotation_step WHERE rotation_id = $1 AND step = 2",
                        rotation));
        assertEquals(
                "io.gyre.rotation.late.v1 2",
                world.text(
                        "SELECT concat_ws(' ', event_type, data->>'step') FROM outbox WHERE data->>'rotationId' = $1",
                        rotation.toString()));
        assertEquals(
                "true", world.text("SELECT late_since IS NOT NULL FROM rotation WHERE rotation_id = $1", rotation));
    }

    @Test
    void aLateRotationWhoseTargetIsAsItShouldBeIsToldToBeSo() {
        UUID rotation = late("s", "Running");
        watching(() -> world.await("a finding", () -> !findingOf(rotation).isEmpty()));
        assertTrue(
                findingOf(rotation).contains("The target is as it should be; the rotation is at \"Requested\" since"),
                findingOf(rotation));
        assertFalse(looked.stream().anyMatch(ReachDatabase.class::isInstance), "a late look uses no credential");
    }

    /** Nobody is given a turn. */
    private static final class Spent implements CallBudget {
        @Override
        public Uni<Turn> take(Calls calls, Duration longest) {
            return Uni.createFrom().item(new Turn(false, Duration.ofSeconds(1)));
        }

        @Override
        public Uni<Void> throttled(CloudProduct product) {
            throw new AssertionError("Nothing is called that could throttle");
        }
    }

    @Test
    void whereTheCloudMayNotBeCalledTheLateRotationSaysSoAndNobodyLooks() {
        budget = new Spent();
        UUID rotation = late("s", "Running");
        watching(() -> world.await("a finding", () -> !findingOf(rotation).isEmpty()));
        assertEquals(
                "It was expected to take 2 minutes. RDS may not be called more often just now, so nobody has looked:"
                        + " ./gyre budgets shows why.",
                findingOf(rotation));
        assertEquals(List.of(), looked);
    }

    @Test
    void aRotationThatRestsInAnExtendedOverlapIsNotLate() {
        UUID resting = late("s", "Running");
        world.sql(
                "UPDATE rotation SET wake_clock = 'calendar', wake_at = calendar_now() + interval '1 day' WHERE"
                        + " rotation_id = $1",
                resting);
        UUID stuck = late("other", "Running");
        watching(
                () -> world.await("the other's finding", () -> !findingOf(stuck).isEmpty()));
        assertEquals("", findingOf(resting));
        assertEquals(
                "calendar true",
                world.text(
                        "SELECT concat_ws(' ', late_clock, (late_at = wake_at + interval '1 hour')::text) FROM rotation"
                                + " WHERE rotation_id = $1",
                        resting));
    }

    @Test
    void aWindowThatIsOverOnTheCalendarLeavesTheCallsTheirTimeOnTheWall() {
        UUID over = late("s", "Running");
        world.sql("UPDATE rotation SET late_clock = 'calendar', late_at = calendar_now() WHERE rotation_id = $1", over);
        String clock = "SELECT late_clock FROM rotation WHERE rotation_id = $1";
        watching(() -> world.await(
                "the change of clocks", () -> world.text(clock, over).equals("operational")));
        assertEquals("", findingOf(over));
    }

    @Test
    void theSameFindingIsToldOnce() {
        atInspection = NO_ACCOUNT;
        UUID rotation = late("s", "Running");
        watching(() -> {
            world.await("a finding", () -> !findingOf(rotation).isEmpty());
            int before = looked.size();
            world.sql("UPDATE rotation SET late_at = clock_timestamp() WHERE rotation_id = $1", rotation);
            world.await("another look", () -> looked.size() > before);
            String nextLook = "SELECT late_at > clock_timestamp() FROM rotation WHERE rotation_id = $1";
            world.await("its end", () -> world.text(nextLook, rotation).equals("true"));
        });
        assertEquals("2", world.text("SELECT steps FROM rotation WHERE rotation_id = $1", rotation));
    }

    @Test
    void whoWaitsForAPersonHasAFindingAlready() {
        UUID rotation = late("s", "Waiting");
        UUID running = late("other", "Running");
        watching(() ->
                world.await("the other's finding", () -> !findingOf(running).isEmpty()));
        assertEquals("", findingOf(rotation));
    }

    private UUID inspection(@Nullable Long secret) {
        UUID id = UUID.randomUUID();
        world.sql(
                "INSERT INTO inspection (inspection_id, secret_id, former_version, idle_version, rotation_type,"
                        + " secret_sub_type, target, former, idle) VALUES ($1, $2, 'v-a', 'v-b', 'rds', 'DoubleUsers', $3,"
                        + " 'app_a', 'app_b')",
                id,
                secret,
                JsonObject.mapFrom(Map.of("DBInstanceId", "rm-1")));
        return id;
    }

    private String answer(UUID inspection) {
        watching(() -> world.await("the answer", () -> !world.text(
                        "SELECT coalesce(passed::text, '') FROM inspection WHERE inspection_id = $1", inspection)
                .isEmpty()));
        return world.text(
                "SELECT concat_ws(' ', passed::text, report, finding) FROM inspection WHERE inspection_id = $1",
                inspection);
    }

    @Test
    void aDryRunDoesAllOfPreflightAndNothingElse() {
        String answer = answer(inspection(world.secret("s")));
        assertEquals(
                "true [\"Looking at the instance and the account: as it should be.\","
                        + " \"Trying to reach the database with the current password: as it should be.\","
                        + " \"Next a rotation would begin to change the target: Setting a new password.\"]",
                answer);
        assertEquals(2, looked.size());
        assertEquals("0", world.text("SELECT count(*) FROM rotation"));
    }

    @Test
    void whatSpeaksAgainstARotationIsTheAnswer() {
        atInspection = NO_ACCOUNT;
        assertEquals("false [] There is no account app_b: create it.", answer(inspection(world.secret("s"))));
    }

    @Test
    void anAccountIsVerifiedBeforeItsSecretExists() {
        String answer = answer(inspection(null));
        assertTrue(answer.contains("Not tried, since the credential is not stored"), answer);
        assertEquals(1, looked.size());
    }
}
