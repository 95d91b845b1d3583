package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.ResetPassword;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Remedy;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final EngineSettings SETTINGS =
            new EngineSettings(64, 1_000, 64, 32, Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofSeconds(15));

    private final World world = new World();
    private final AtomicInteger made = new AtomicInteger();
    private final List<String> passwordsSet = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        world.close();
    }

    private Engine engine(String worker, Target target) {
        return engine(world.store(worker, Duration.ofSeconds(15)), SETTINGS, target);
    }

    private static EngineSettings perTarget(int limit) {
        return new EngineSettings(
                SETTINGS.inFlight(),
                SETTINGS.slow(),
                limit,
                SETTINGS.batch(),
                SETTINGS.slowAfter(),
                SETTINGS.sweepEvery(),
                SETTINGS.commitWithin());
    }

    private Engine engine(RotationStore store, EngineSettings settings, Target target) {
        Mint mint = recipe -> new Minted(recipe.credentialName(), SecretText.of("password " + made.incrementAndGet()));
        Runner runner = new Runner(
                store,
                Map.of("rds", new RotationType("rds", new RdsRotation(), target)),
                mint,
                new Unlimited(),
                settings,
                world.ticks(),
                world.executor,
                new Random(1),
                Onlooker.NOBODY);
        return new Engine(store, runner, settings, world.ticks());
    }

    private Uni<Outcome> obliging(Effect effect, Map<Credential, SecretText> credentials) {
        if (effect instanceof ResetPassword) {
            passwordsSet.add(credentials.get(Credential.CANDIDATE).reveal());
        }
        return Uni.createFrom()
                .item(Done.with(
                        Map.of(RdsRotation.HOST, "127.0.0.1", RdsRotation.PORT, "5432", RdsRotation.LOGIN, "works")));
    }

    private String state(UUID rotation) {
        return world.text("SELECT state FROM rotation WHERE rotation_id = $1", rotation);
    }

    @Test
    void aRotationThatKafkaForgotIsFoundBySweepingAndRunToItsEnd() {
        UUID rotation = world.rotation(world.secret("a"), "immediate");
        Engine engine = engine("worker-1", this::obliging);
        engine.start();
        world.await("the end of the rotation", () -> state(rotation).equals("Succeeded"));
        engine.drain();
        assertEquals(List.of("password 1"), passwordsSet);
        assertEquals(
                "INSPECT REACH RESET SETTLE PROVE PROVE_REFUSED SUCCEEDED",
                world.text(
                        "SELECT string_agg(phase, ' ' ORDER BY step) FROM rotation_step WHERE rotation_id = $1",
                        rotation));
    }

    @Test
    void aWakeUpIsEnoughWithoutTheSweepAndARepeatedOneDoesNothing() {
        UUID rotation = world.rotation(world.secret("a"), "immediate");
        Engine engine = engine("worker-1", this::obliging);
        engine.wake(rotation);
        engine.wake(rotation);
        world.await("the end of the rotation", () -> state(rotation).equals("Succeeded"));
        engine.wake(rotation);
        world.await("an empty hand", () -> engine.inHand() == 0);
        assertEquals(1, passwordsSet.size());
    }

    @Test
    void anotherWorkerFinishesWhatADeadOneBeganWithTheSameCandidate() {
        UUID rotation = world.rotation(world.secret("a"), "immediate");
        Engine dying = engine(
                "worker-1",
                (effect, credentials) -> effect instanceof ResetPassword
                        ? obliging(effect, credentials).onItem().transformToUni(ignored -> Uni.createFrom()
                                .nothing())
                        : obliging(effect, credentials));
        dying.wake(rotation);
        world.await("the reset by the dying worker", () -> !passwordsSet.isEmpty());
        dying.drain();
        world.leaseRunsOut(rotation);

        Engine survivor = engine("worker-2", this::obliging);
        survivor.start();
        world.await("the end of the rotation", () -> state(rotation).equals("Succeeded"));
        survivor.drain();
        assertEquals(List.of("password 1", "password 1"), passwordsSet);
        assertEquals(
                "worker-1 worker-2",
                world.text(
                        "SELECT string_agg(DISTINCT worker, ' ' ORDER BY worker) FROM rotation_step WHERE rotation_id"
                                + " = $1",
                        rotation));
    }

    /** The reset is out while the worker is asked to end: its outcome is committed, and what follows is another's. */
    @Test
    void whatAWorkerHasInHandIsGivenBackOnceItsEffectHasEnded() {
        UUID rotation = world.rotation(world.secret("a"), "immediate");
        CompletableFuture<Void> end = new CompletableFuture<>();
        List<String> byTheFirst = new CopyOnWriteArrayList<>();
        Engine ending = engine("worker-1", (effect, credentials) -> {
            byTheFirst.add(effect.getClass().getSimpleName());
            Uni<Outcome> outcome = obliging(effect, credentials);
            return effect instanceof ResetPassword
                    ? Uni.createFrom().completionStage(end).chain(() -> outcome)
                    : outcome;
        });
        ending.wake(rotation);
        world.await("the reset", () -> byTheFirst.contains("ResetPassword"));
        ending.drain();
        assertFalse(ending.isDrained());
        end.complete(null);
        world.await("an empty hand", ending::isDrained);
        assertEquals("ResetPassword", byTheFirst.get(byTheFirst.size() - 1));
        assertEquals(
                "SETTLE given back",
                world.text(
                        "SELECT phase || CASE WHEN lease_until IS NULL THEN ' given back' ELSE ' leased' END"
                                + " FROM rotation WHERE rotation_id = $1",
                        rotation));

        Engine survivor = engine("worker-2", this::obliging);
        survivor.start();
        world.await("the end of the rotation", () -> state(rotation).equals("Succeeded"));
        survivor.drain();
        assertEquals(List.of("password 1"), passwordsSet);
    }

    @Test
    void whatAClaimBringsWhileTheWorkerEndsIsGivenBackUntouched() {
        UUID rotation = world.rotation(world.secret("a"), "immediate");
        CompletableFuture<Void> end = new CompletableFuture<>();
        RotationStore claimsSlowly = new Forwarding(world.store("worker-1", Duration.ofSeconds(15))) {
            @Override
            public Uni<List<Claimed>> claim(List<UUID> rotations, Set<String> busyTargets) {
                return super.claim(rotations, busyTargets)
                        .call(() -> Uni.createFrom().completionStage(end));
            }
        };
        Engine ending = engine(claimsSlowly, SETTINGS, this::obliging);
        ending.wake(rotation);
        String holder = "SELECT concat_ws(' ', phase, lease_holder) FROM rotation WHERE rotation_id = $1";
        world.await("the claim", () -> world.text(holder, rotation).equals("REQUESTED worker-1"));
        ending.drain();
        assertFalse(ending.isDrained());
        end.complete(null);
        world.await("an empty hand", ending::isDrained);
        assertEquals("REQUESTED", world.text(holder, rotation));
    }

    @Test
    void aHungTargetHoldsBackItsOwnRotationAlone() {
        UUID hung = world.rotation(world.secret("hung"), "immediate");
        UUID healthy = world.rotation(world.secret("healthy"), "immediate");
        AtomicInteger asked = new AtomicInteger();
        Engine engine = engine(
                "worker-1",
                (effect, credentials) ->
                        asked.getAndIncrement() == 0 ? Uni.createFrom().nothing() : obliging(effect, credentials));
        engine.wake(hung);
        world.await("the first effect", () -> asked.get() == 1);
        engine.wake(healthy);
        world.await("the end of the healthy one", () -> state(healthy).equals("Succeeded"));
        world.await("the healthy one to be let go", () -> engine.inHand() == 1);
        assertEquals("Running", state(hung));
    }

    @Test
    void hundredRotationsAtOnceAllEnd() {
        for (int i = 0; i < 100; i++) {
            world.rotation(world.secret("s" + i), "automatic");
        }
        Engine first = engine("worker-1", this::obliging);
        Engine second = engine("worker-2", this::obliging);
        first.start();
        second.start();
        world.await("the end of them all", () -> world.text("SELECT count(*) FROM rotation WHERE state = 'Succeeded'")
                .equals("100"));
        first.drain();
        second.drain();
        assertTrue(passwordsSet.size() == 100, "each password is set once: " + passwordsSet.size());
    }

    private void order(UUID rotation, String order) {
        world.sql(
                "UPDATE rotation SET ordered = $2, ordered_by = 'ops', wake_clock = 'operational',"
                        + " wake_at = clock_timestamp() WHERE rotation_id = $1",
                rotation,
                order);
    }

    private String lastNote(UUID rotation) {
        return world.text("SELECT note FROM rotation_step WHERE rotation_id = $1 ORDER BY step DESC LIMIT 1", rotation);
    }

    private Uni<Outcome> refusing(Effect effect, Map<Credential, SecretText> credentials) {
        return effect instanceof ProveLogin
                ? Uni.createFrom().item(new Refused(Remedy.ASK_PERSON, "X", "Somebody must mend it."))
                : obliging(effect, credentials);
    }

    @Test
    void aRotationThatWaitsForAPersonGoesOnByTheirOrder() {
        UUID rotation = world.rotation(world.secret("a"), "immediate");
        Engine stuck = engine("worker-1", this::refusing);
        stuck.start();
        world.await("the question", () -> state(rotation).equals("Waiting"));
        stuck.drain();
        order(rotation, "retry");
        Engine mended = engine("worker-2", this::obliging);
        mended.start();
        world.await("the end", () -> state(rotation).equals("Succeeded"));
        mended.drain();
        assertEquals(
                "ops ordered a retry: Proving the new password with a login",
                world.text(
                        "SELECT note FROM rotation_step WHERE rotation_id = $1 AND note LIKE 'ops ordered%'",
                        rotation));
        assertEquals("null", world.text("SELECT ordered FROM rotation WHERE rotation_id = $1", rotation));
    }

    @Test
    void aRollbackSetsTheOldPasswordAgainAndDropsTheCandidate() {
        long secret = world.secret("a");
        UUID rotation = world.rotation(secret, "immediate");
        Engine stuck = engine("worker-1", this::refusing);
        stuck.start();
        world.await("the question", () -> state(rotation).equals("Waiting"));
        stuck.drain();
        order(rotation, "roll-back");
        Engine mended = engine("worker-2", (effect, credentials) -> {
            if (effect instanceof ResetPassword reset) {
                passwordsSet.add(credentials.get(reset.which()).reveal());
            }
            return Uni.createFrom().item(Done.plain());
        });
        mended.start();
        world.await("the end", () -> state(rotation).equals("Failed"));
        mended.drain();
        assertEquals(List.of("password 1", "old password of app_b"), passwordsSet);
        assertEquals("2", world.text("SELECT count(*) FROM secret_version WHERE secret_id = $1", secret));
        assertEquals(
                "v-a",
                world.text(
                        "SELECT version_id FROM secret_stage WHERE secret_id = $1 AND stage = 'ACSCurrent'", secret));
        assertEquals("Rolled back: the former password is the current one", lastNote(rotation));
    }

    @Test
    void anOrderThatComesWhileAWorkerIsBusyIsTakenAsSoonAsItLetsGo() {
        UUID rotation = world.rotation(world.secret("a"), "immediate");
        Engine engine = engine("worker-1", (effect, credentials) -> {
            if (effect instanceof ProveLogin) {
                return world.pool
                        .preparedQuery(
                                "UPDATE rotation SET ordered = 'give-up', ordered_by = 'ops' WHERE rotation_id = $1")
                        .execute(Tuple.of(rotation))
                        .replaceWith(new NotYet("Not let in yet."));
            }
            return obliging(effect, credentials);
        });
        engine.start();
        world.await("the end", () -> state(rotation).equals("Failed"));
        engine.drain();
        assertTrue(lastNote(rotation).startsWith("ops ordered to give up"), lastNote(rotation));
        assertEquals(
                "false",
                world.text("SELECT pending FROM secret_version WHERE version_id = 'v-new'"),
                "the candidate that the target may hold is kept");
    }

    @Test
    void aTargetHasNoMoreRotationsInHandThanItMay() {
        for (int i = 0; i < 40; i++) {
            UUID rotation = world.rotation(world.secret("hung" + i), "immediate");
            world.sql("UPDATE rotation SET target_key = 'hung' WHERE rotation_id = $1", rotation);
        }
        UUID healthy = world.rotation(world.secret("healthy"), "immediate");
        world.sql("UPDATE rotation SET target_key = 'healthy' WHERE rotation_id = $1", healthy);
        AtomicInteger hung = new AtomicInteger();
        RotationStore four = world.store("worker-1", 4, Duration.ofSeconds(15));
        Engine engine = engine(four, perTarget(4), (effect, credentials) -> {
            if (hung.get() < 4) {
                hung.incrementAndGet();
                return Uni.createFrom().nothing();
            }
            return obliging(effect, credentials);
        });
        engine.start();
        world.await("the end of the healthy one", () -> state(healthy).equals("Succeeded"));
        world.await("the hung ones alone in hand", () -> engine.inHand() == 4);
        assertEquals(
                "4", world.text("SELECT count(*) FROM rotation WHERE target_key = 'hung' AND lease_until IS NOT NULL"));
        engine.drain();
    }
}
