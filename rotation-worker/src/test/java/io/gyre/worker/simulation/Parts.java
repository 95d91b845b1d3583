package io.gyre.worker.simulation;

import io.gyre.worker.engine.EngineSettings;
import io.gyre.worker.engine.RotationStore;
import io.gyre.worker.engine.Ticks;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Machine;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.RdsRotation;
import java.time.Duration;
import java.util.Set;

/** What a simulation is put together from; a test may put a broken part in. */
class Parts {
    static final Set<String> TYPES = Set.of("ram", "rds", "ecs");

    static final Duration CLAIM_LEASE = Duration.ofSeconds(15);

    SimulatedDatabase database(SimulatedClocks clocks) {
        return new SimulatedDatabase(clocks);
    }

    RotationStore connection(SimulatedDatabase database, String worker, EngineSettings settings, Ticks ticks) {
        return new DatabaseConnection(database, worker, TYPES, settings.perTarget(), CLAIM_LEASE, ticks);
    }

    /** Small ones for some seeds: then most effects wait for their turn. */
    SimulatedBudget budget(VirtualTime time, Faults faults, Coverage coverage, Duration every, int burst) {
        return new SimulatedBudget(time, faults, coverage, every, burst);
    }

    Machine machine(String type) {
        return switch (type) {
            case "ram" -> new RamRotation();
            case "rds" -> new RdsRotation();
            default -> new EcsRotation();
        };
    }

    EngineSettings settings(Dice dice) {
        return new EngineSettings(
                1 + dice.below(4),
                1 + dice.below(4),
                1 + dice.below(3),
                1 + dice.below(4),
                Duration.ofSeconds(1),
                dice.between(Duration.ofSeconds(1), Duration.ofSeconds(4)),
                Duration.ofSeconds(15));
    }
}
