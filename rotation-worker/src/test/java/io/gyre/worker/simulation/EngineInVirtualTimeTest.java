package io.gyre.worker.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.Trigger;
import io.gyre.worker.engine.Engine;
import io.gyre.worker.engine.EngineSettings;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.engine.RotationStore;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.engine.Runner;
import io.gyre.worker.engine.Target;
import io.gyre.worker.engine.Unlimited;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.RdsEffect.ResetPassword;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.simulation.SimulatedDatabase.Request;
import io.gyre.worker.simulation.SimulatedDatabase.SecretRow;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the engine promises about time, without waiting for it. */
class EngineInVirtualTimeTest {
    private static final EngineSettings SETTINGS =
            new EngineSettings(4, 4, 4, 4, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(15));

    private record Sent(Effect effect, long nanos) {}

    private final VirtualTime time = new VirtualTime(new Dice(1));
    private final SimulatedDatabase database = new SimulatedDatabase(new SimulatedClocks(time, 1));
    private final SimulatedProcess process = new SimulatedProcess(time, 0, () -> {});
    private final List<Sent> sent = new ArrayList<>();

    private void start(Target target) {
        SecretRow secret = database.newSecret("db");
        secret.add(
                "v-1",
                "app",
                SimulatedMint.account("app", "old"),
                SimulatedDatabase.CURRENT,
                database.clocks.calendar());
        assertTrue(database.request(new Request(
                new UUID(0, 1),
                "db",
                "rds",
                "SingleUser",
                Trigger.IMMEDIATE,
                Map.of("DBInstanceId", "rm-1"),
                Duration.ZERO,
                "rm-1")));
        RotationStore store = new DatabaseConnection(database, "worker", Set.of("rds"), 4, Parts.CLAIM_LEASE, process);
        Runner runner = new Runner(
                store,
                Map.of("rds", new RotationType("rds", new RdsRotation(), (effect, credentials) -> {
                    sent.add(new Sent(effect, time.nanos()));
                    return target.perform(effect, credentials);
                })),
                new SimulatedMint(new Faults(new Dice(1), new Coverage())),
                new Unlimited(),
                SETTINGS,
                process,
                new VirtualExecutor(process),
                new Dice(1).generator(),
                Onlooker.NOBODY);
        new Engine(store, runner, SETTINGS, process).start();
    }

    private Sent afterTheReset() {
        for (int i = 0; i + 1 < sent.size(); i++) {
            if (sent.get(i).effect() instanceof ResetPassword) {
                return sent.get(i + 1);
            }
        }
        assertTrue(time.next(), "it goes on");
        return afterTheReset();
    }

    private long resetSent() {
        return sent.stream()
                .filter(each -> each.effect() instanceof ResetPassword)
                .findFirst()
                .orElseThrow()
                .nanos();
    }

    @Test
    void whatBrokeOffIsFollowedOnlyOnceItCannotArriveAnyMore() {
        start((effect, credentials) -> Uni.createFrom()
                .item(
                        effect instanceof ResetPassword
                                ? new Unclear("The connection broke.")
                                : Done.with(Map.of(
                                        RdsRotation.HOST, "h", RdsRotation.PORT, "1", RdsRotation.LOGIN, "works"))));

        Sent next = afterTheReset();

        assertEquals(Duration.ofSeconds(10), Duration.ofNanos(next.nanos() - resetSent()));
    }

    @Test
    void whatIsAnsweredIsFollowedAtOnce() {
        start((effect, credentials) -> Uni.createFrom()
                .item(Done.with(Map.of(RdsRotation.HOST, "h", RdsRotation.PORT, "1", RdsRotation.LOGIN, "works"))));

        Sent next = afterTheReset();

        assertEquals(Duration.ZERO, Duration.ofNanos(next.nanos() - resetSent()));
    }
}
