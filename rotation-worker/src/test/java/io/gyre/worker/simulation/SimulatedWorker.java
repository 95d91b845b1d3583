package io.gyre.worker.simulation;

import io.gyre.worker.engine.Engine;
import io.gyre.worker.engine.EngineSettings;
import io.gyre.worker.engine.Mint;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.engine.RotationStore;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.engine.Runner;
import io.gyre.worker.simulation.Faults.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A worker: the real engine in a process that dies, is paused and is started again. */
final class SimulatedWorker {
    private static final Duration LONGEST_AWAY = Duration.ofSeconds(60);

    /** As long as a worker that is asked to end waits for what it has in hand. */
    private static final Duration DRAIN = Duration.ofSeconds(20);

    /** Longer than any lease. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(90);

    private final String name;
    private final Surroundings around;
    private SimulatedProcess process;
    private Engine engine;

    SimulatedWorker(String name, Surroundings around) {
        this.name = name;
        this.around = around;
        start();
    }

    private void start() {
        around.trace().add(around.time().nanos(), "started", name);
        SimulatedProcess born =
                new SimulatedProcess(around.time(), around.dice().anyNumber(), this::somethingHappened);
        RotationStore store = new UnreliableStore(
                around.parts().connection(around.database(), name, around.settings(), born),
                born,
                around.time(),
                around.faults(),
                around.witness(),
                name);
        Map<String, RotationType> types = new TreeMap<>();
        around.targets()
                .forEach((type, target) -> types.put(
                        type,
                        new RotationType(
                                type,
                                around.parts().machine(type),
                                new UnreliableTarget(
                                        target, born, around.time(), around.faults(), around.witness(), name))));
        EngineSettings settings = around.settings();
        Mint mint = around.mint();
        Runner runner = new Runner(
                store,
                types,
                mint,
                around.budget().of(born),
                settings,
                born,
                new VirtualExecutor(born),
                around.dice().split().generator(),
                Onlooker.NOBODY);
        process = born;
        engine = new Engine(store, runner, settings, born);
        born.after(Duration.ZERO, engine::start);
    }

    /** A record of Kafka is here. */
    void wake(UUID rotation) {
        Engine told = engine;
        process.after(Duration.ZERO, () -> told.wake(rotation));
    }

    /** As an operator does it: what is in hand is given back. */
    private void restart() {
        SimulatedProcess ending = process;
        around.trace().add(around.time().nanos(), "asked to end", name);
        engine.drain();
        var unused = around.time().after(DRAIN, () -> {
            if (!ending.isKilled()) {
                ending.kill();
                start();
            }
        });
    }

    private void somethingHappened() {
        if (around.faults().strike(Kind.WORKER_DIES)) {
            around.trace().add(around.time().nanos(), "killed", name);
            process.kill();
            var unused = around.time().after(around.faults().between(Duration.ZERO, LONGEST_AWAY), this::start);
        } else if (around.faults().strike(Kind.WORKER_IS_RESTARTED)) {
            restart();
        } else if (around.faults().strike(Kind.WORKER_IS_PAUSED)) {
            around.trace().add(around.time().nanos(), "paused", name);
            process.pause(around.faults().between(Duration.ZERO, LONGEST_PAUSE));
        }
    }
}
