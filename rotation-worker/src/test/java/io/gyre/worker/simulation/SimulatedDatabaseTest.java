package io.gyre.worker.simulation;

import io.gyre.rotation.Trigger;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.RotationStore;
import io.gyre.worker.engine.RotationStoreConformance;
import io.gyre.worker.engine.StoreUnderTest;
import io.gyre.worker.machine.Order;
import io.gyre.worker.simulation.SimulatedDatabase.Request;
import io.gyre.worker.simulation.SimulatedDatabase.RotationRow;
import io.gyre.worker.simulation.SimulatedDatabase.SecretRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

class SimulatedDatabaseTest extends RotationStoreConformance {
    private final StoreUnderTest world = new DatabaseUnderTest();

    @Override
    protected StoreUnderTest shared() {
        return world;
    }

    @Override
    protected StoreUnderTest fresh() {
        return new DatabaseUnderTest();
    }

    private static final class DatabaseUnderTest implements StoreUnderTest {
        private final VirtualTime time = new VirtualTime(new Dice(1));
        private final SimulatedDatabase database = new SimulatedDatabase(new SimulatedClocks(time, 1));
        private long made;

        @Override
        public RotationStore store(String worker, Duration lease, int perTarget) {
            SimulatedProcess process = new SimulatedProcess(time, 0, () -> {});
            return new DatabaseConnection(database, worker, Set.of("rds"), perTarget, lease, process);
        }

        @Override
        public UUID rotation(Trigger trigger, String targetKey) {
            UUID id = new UUID(0, ++made);
            SecretRow secret = database.newSecret("s-" + made);
            secret.add("v-a", "app_a", SecretText.of("a"), SimulatedDatabase.CURRENT, database.clocks.calendar());
            secret.add("v-b", "app_b", SecretText.of("b"), SimulatedDatabase.PREVIOUS, database.clocks.calendar());
            database.request(
                    new Request(id, secret.name, "rds", "DoubleUsers", trigger, Map.of(), Duration.ZERO, targetKey));
            return id;
        }

        @Override
        public void leaseRunsOut(UUID rotation) {
            RotationRow row = database.rotation(rotation);
            row.leaseUntil = database.clocks.operational();
            row.wakeAt = database.clocks.operational();
        }

        @Override
        public void calendarMoves(Duration by) {
            database.clocks.calendarMoves(by);
        }

        @Override
        public void order(UUID rotation, Order order, String by) {
            database.order(rotation, order, by);
        }

        @Override
        public Seen look(UUID rotation) {
            RotationRow row = database.rotation(rotation);
            Map<String, String> stages = new HashMap<>();
            row.secret.stages.forEach((stage, version) -> stages.put(stage, named(row, version)));
            Map<String, Boolean> pending = new HashMap<>();
            row.secret.versions.values().forEach(each -> pending.put(named(row, each.id()), each.pending()));
            return new Seen(
                    row.phase,
                    row.state.label(),
                    row.steps.stream()
                            .skip(1)
                            .map(step -> step.step() + " " + step.phase() + " " + step.note() + " " + step.worker())
                            .toList(),
                    database.outbox().stream()
                            .filter(event -> event.rotation().equals(rotation))
                            .map(event -> event.type() + " " + event.phase() + " " + event.note())
                            .toList(),
                    stages,
                    pending,
                    row.secret.rotationStatus,
                    row.secret.orphans().stream().collect(Collectors.toSet()));
        }

        private static String named(RotationRow row, String version) {
            return version.equals(row.candidateVersion) ? "new" : version;
        }

        @Override
        public void close() {
            // Nothing but objects.
        }
    }
}
