package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RdsEffect.ResetPassword;
import io.gyre.worker.machine.RdsRotation;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
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
        RotationStore store = world.store(worker, Duration.ofSeconds(15));
        Mint mint = recipe -> new Minted(recipe.credentialName(), SecretText.of("password " + made.incrementAndGet()));
        Runner runner = new Runner(
                store,
                Map.of("rds", new RotationType("rds", new RdsRotation(), target)),
                mint,
                SETTINGS,
                world.ticks(),
                world.executor,
                new Random(1));
        return new Engine(store, runner, SETTINGS, world.ticks());
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
                        "SELECT string_agg(DISTINCT worker, ' ' ORDER BY worker) FROM rotation_step WHERE rotation_id = $1",
                        rotation));
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
        assertEquals("Running", state(hung));
        assertEquals(1, engine.inHand());
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
}
