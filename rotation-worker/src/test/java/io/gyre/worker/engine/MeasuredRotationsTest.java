package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.metrics.Metrics;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Remedy;
import io.gyre.worker.observation.RotationMeters;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rotations on PostgreSQL, and what is measured of them. */
class MeasuredRotationsTest {
    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final EngineSettings SETTINGS =
            new EngineSettings(64, 1_000, 64, 32, Duration.ofSeconds(1), Duration.ofMillis(50), LEASE);

    private final World world = new World();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RotationMeters meters = new RotationMeters(new Metrics(registry), Set.of("rds"));

    @AfterEach
    void end() {
        world.close();
    }

    private Engine engine(Target target, CallBudget budget) {
        RotationStore store = world.store("worker-1", LEASE);
        Runner runner = new Runner(
                store,
                Map.of("rds", new RotationType("rds", new RdsRotation(), target)),
                recipe -> new Minted(recipe.credentialName(), SecretText.of("a password")),
                budget,
                SETTINGS,
                world.ticks(),
                world.executor,
                new Random(1),
                meters);
        return new Engine(store, runner, SETTINGS, world.ticks());
    }

    private static final Target OBLIGING = (effect, credentials) -> Uni.createFrom()
            .item(Done.with(
                    Map.of(RdsRotation.HOST, "127.0.0.1", RdsRotation.PORT, "5432", RdsRotation.LOGIN, "works")));

    private UUID rotation() {
        return world.rotation(world.secret("a"), "immediate");
    }

    private void runs(UUID rotation, Target target, String until) {
        Engine engine = engine(target, new Unlimited());
        engine.start();
        world.await(until, () -> world.text("SELECT state FROM rotation WHERE rotation_id = $1", rotation)
                .equals(until));
        engine.drain();
        world.await("the engine to be empty", () -> engine.inHand() == 0);
    }

    private double count(String meter, String... tags) {
        return registry.get(meter).tags(tags).counter().count();
    }

    private long timed(String meter, String... tags) {
        Timer timer = registry.find(meter).tags(tags).timer();
        return timer == null ? 0 : timer.count();
    }

    @Test
    void aRotationIsMeasuredFromItsRequestToItsEnd() {
        UUID rotation = rotation();
        world.sql(
                "UPDATE rotation SET requested_at_wall = clock_timestamp() - interval '90 seconds' WHERE rotation_id ="
                        + " $1",
                rotation);
        runs(rotation, OBLIGING, "Succeeded");
        Timer pickup = registry.get("gyre.rotation.pickup").tags("type", "rds").timer();
        assertEquals(1, pickup.count());
        assertTrue(pickup.totalTime(TimeUnit.SECONDS) >= 90, "it waited for 90 s before it was found");
        for (String phase : List.of("INSPECT", "REACH", "RESET", "SETTLE", "PROVE", "PROVE_REFUSED")) {
            assertEquals(1, timed("gyre.rotation.step", "type", "rds", "phase", phase, "outcome", "done"), phase);
        }
        assertEquals(1, count("gyre.rotations.ended", "type", "rds", "outcome", "succeeded", "reason", "none"));
        assertEquals(0, count("gyre.lease.steals", "type", "rds"));
        assertEquals(0, count("gyre.lease.losses", "type", "rds"));
    }

    @Test
    void aRotationThatIsTakenOverIsCountedAndNotTakenForANewOne() {
        UUID rotation = rotation();
        RotationStore dead = world.store("worker-2", LEASE);
        assertEquals(
                1,
                dead.claim(List.of(rotation), Set.of())
                        .await()
                        .atMost(World.PATIENCE)
                        .size());
        world.leaseRunsOut(rotation);
        runs(rotation, OBLIGING, "Succeeded");
        assertEquals(1, count("gyre.lease.steals", "type", "rds"));
        assertEquals(0, timed("gyre.rotation.pickup", "type", "rds"));
    }

    @Test
    void aCommitWithoutALeaseIsCounted() {
        UUID rotation = rotation();
        Engine engine = engine(
                (effect, credentials) -> world.pool
                        .query("UPDATE rotation SET fence = fence + 1")
                        .execute()
                        .replaceWith(Done.plain()),
                new Unlimited());
        engine.wake(rotation);
        world.await("the loss", () -> count("gyre.lease.losses", "type", "rds") == 1);
        engine.drain();
        assertEquals("Running", world.text("SELECT state FROM rotation WHERE rotation_id = $1", rotation));
    }

    @Test
    void aFailureIsCountedByItsReason() {
        UUID refused = rotation();
        runs(
                refused,
                (effect, credentials) ->
                        Uni.createFrom().item(new Refused(Remedy.ROLL_BACK, "NotFound", "It does not exist.")),
                "Failed");
        assertEquals(1, count("gyre.rotations.ended", "type", "rds", "outcome", "failed", "reason", "refused"));

        UUID rolledBack = world.rotation(world.secret("b"), "immediate");
        runs(
                rolledBack,
                (effect, credentials) -> effect instanceof ProveLogin prove && isCandidate(prove)
                        ? Uni.createFrom().item(new Refused(Remedy.ROLL_BACK, "X", "It does not let it in."))
                        : OBLIGING.perform(effect, credentials),
                "Failed");
        assertEquals(1, count("gyre.rotations.ended", "type", "rds", "outcome", "failed", "reason", "rolled_back"));
    }

    private static boolean isCandidate(ProveLogin prove) {
        return prove.which() == Credential.CANDIDATE;
    }

    @Test
    void anOperatorsOrderIsAReason() {
        UUID rotation = rotation();
        world.sql("UPDATE rotation SET ordered = 'give-up', ordered_by = 'ops' WHERE rotation_id = $1", rotation);
        runs(rotation, OBLIGING, "Failed");
        assertEquals(1, count("gyre.rotations.ended", "type", "rds", "outcome", "failed", "reason", "given_up"));
    }

    @Test
    void aStepThatMustNotCallTheCloudNowIsCountedByTheProduct() {
        UUID rotation = rotation();
        CallBudget empty = new CallBudget() {
            @Override
            public Uni<Turn> take(Calls calls, Duration longest) {
                return Uni.createFrom().item(new Turn(false, Duration.ofSeconds(1)));
            }

            @Override
            public Uni<Void> throttled(CloudProduct product) {
                return Uni.createFrom().voidItem();
            }
        };
        Engine engine = engine(OBLIGING, empty);
        engine.wake(rotation);
        world.await("the step to be put off", () -> count("gyre.budget.putbacks", "product", "rds") == 1);
        engine.drain();
        assertEquals(0, timed("gyre.rotation.step", "type", "rds"));
    }
}
