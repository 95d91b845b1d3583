package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Claimed;
import io.gyre.worker.engine.ClockReading;
import io.gyre.worker.engine.Origin;
import io.gyre.worker.engine.RotationStore;
import io.gyre.worker.engine.Ticks;
import io.gyre.worker.engine.Transition;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Happening.Ordered;
import io.gyre.worker.simulation.SimulatedDatabase.RotationRow;
import io.gyre.worker.simulation.SimulatedDatabase.Version;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One worker's connection to the simulated database: each call is answered at once and as it should be. */
final class DatabaseConnection implements RotationStore {
    /** Nobody looks on, so nobody asks. */
    private static final Origin UNTOLD = new Origin(Duration.ZERO, false, null);

    private final SimulatedDatabase database;
    private final String worker;
    private final Set<String> types;
    private final int perTarget;
    private final Duration lease;
    private final Ticks ticks;

    DatabaseConnection(
            SimulatedDatabase database, String worker, Set<String> types, int perTarget, Duration lease, Ticks ticks) {
        this.database = database;
        this.worker = worker;
        this.types = types;
        this.perTarget = perTarget;
        this.lease = lease;
        this.ticks = ticks;
    }

    @Override
    public Uni<List<Claimed>> claim(List<UUID> rotations, Set<String> busyTargets) {
        return Uni.createFrom().item(() -> claimed(database.due(rotations, types, busyTargets)));
    }

    @Override
    public Uni<List<Claimed>> claimDue(int limit, Set<String> busyTargets) {
        return Uni.createFrom().item(() -> claimed(database.due(limit, perTarget, types, busyTargets)));
    }

    private List<Claimed> claimed(List<RotationRow> due) {
        return due.stream().map(this::claimed).toList();
    }

    private Claimed claimed(RotationRow row) {
        database.lease(row, worker, lease);
        ClockReading clock = new ClockReading(
                database.clocks.operational(), database.clocks.calendar(), database.clocks.speed(), ticks.nanos());
        Ordered order = row.ordered == null ? null : new Ordered(row.ordered, row.orderedBy);
        return new Claimed(
                row.seen(), row.request.type(), row.request.targetKey(), row.fence, row.commits, clock, UNTOLD, order);
    }

    @Override
    public Uni<Boolean> commit(Transition transition) {
        return Uni.createFrom().item(() -> database.commit(transition, worker));
    }

    @Override
    public Uni<Void> giveBack(Claimed claimed) {
        return Uni.createFrom().item(() -> {
            database.giveBack(claimed);
            return null;
        });
    }

    @Override
    public Uni<SecretText> reveal(Claimed claimed, Credential which) {
        return Uni.createFrom().item(() -> {
            Version version = database.rotation(claimed.rotation().id()).version(which);
            if (version == null) {
                throw new IllegalStateException("The rotation has no credential " + which + ".");
            }
            return version.value();
        });
    }
}
