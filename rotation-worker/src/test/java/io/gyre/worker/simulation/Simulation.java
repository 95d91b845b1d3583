package io.gyre.worker.simulation;

import io.gyre.worker.engine.EngineSettings;
import io.gyre.worker.simulation.SimulatedDatabase.RotationRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One seed's world: workers, people and a cloud, in trouble first and then left in peace. */
final class Simulation {
    private static final int MOST_WORKERS = 4;

    /** Twelve attempts span half an hour, for each retry that is ordered. */
    private static final Duration PEACE = Duration.ofHours(12);

    /** What was still under way somewhere has arrived by then. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(2);

    private final long seed;
    private final Trace trace;
    private final VirtualTime time;
    private final Coverage coverage = new Coverage();
    private final Faults faults;
    private final Dice dice;
    private final SimulatedDatabase database;
    private final SimulatedAccount account;
    private final Witness witness;
    private final People people;
    private long events;

    Simulation(long seed, Parts parts, boolean printed) {
        this.seed = seed;
        this.trace = new Trace(printed);
        this.dice = new Dice(seed);
        this.time = new VirtualTime(dice.split());
        this.faults = new Faults(dice.split(), coverage);
        double speed = dice.oneOf(List.of(1.0, 60.0, 7200.0));
        SimulatedClocks clocks = new SimulatedClocks(time, speed);
        this.database = parts.database(clocks);
        // So that an overlap takes a minute or some of the simulation's time, whatever the calendar's speed.
        Duration overlap = dice.between(Duration.ofMinutes(10), Duration.ofMinutes(10 + (long) speed));
        this.account = new SimulatedAccount(dice.split(), time, faults, database, overlap);
        Dice grants = dice.split();
        Duration every = Duration.ofMillis(grants.oneOf(List.of(50, 500, 4_000, 15_000)));
        int burst = grants.oneOf(List.of(2, 3, 10));
        this.witness =
                new Witness(time, database, trace, Parts.CLAIM_LEASE, coverage, new CallCount(time, every, burst));
        account.secrets.forEach(witness::watch);
        EngineSettings settings = parts.settings(dice);
        Surroundings around = new Surroundings(
                time,
                dice.split(),
                faults,
                trace,
                witness,
                parts,
                database,
                account.targets(),
                new SimulatedMint(faults),
                parts.budget(time, faults, coverage, every, burst),
                settings);
        List<SimulatedWorker> workers = new ArrayList<>();
        int count = 1 + dice.below(MOST_WORKERS);
        for (int i = 1; i <= count; i++) {
            workers.add(new SimulatedWorker("worker-" + i, around));
        }
        this.people = new People(dice.split(), time, faults, trace, witness, database, account, workers);
    }

    /**
     * What came of a seed.
     *
     * @param broken the invariant that did not hold; null for none
     */
    record Result(
            long seed,
            @Nullable String broken,
            long events,
            long rotations,
            long hash,
            Backoffs backoffs,
            Coverage coverage) {}

    Result run() {
        // Mutiny looks its extensions up by the thread's class loader. A pool's thread has that of whoever began the
        // pool,
        // and so, after a Quarkus test in the same process, possibly one of that application's.
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(Simulation.class.getClassLoader());
        try {
            return play();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private Result play() {
        people.begin();
        Duration trouble = dice.between(Duration.ofMinutes(2), Duration.ofMinutes(10));
        long peaceBegins = trouble.toNanos();
        long latest = peaceBegins + PEACE.toNanos();
        goOnUntil(peaceBegins);
        faults.end();
        trace.add(time.nanos(), "peace");
        while (time.nanos() < latest && database.rotations().anyMatch(RotationRow::isActive) && step()) {}
        account.secrets.forEach(people::request);
        latest = time.nanos() + PEACE.toNanos();
        while (time.nanos() < latest && database.rotations().anyMatch(RotationRow::isActive) && step()) {}
        people.stop();
        goOnUntil(time.nanos() + AFTERWARDS.toNanos());
        if (witness.broken() == null) {
            witness.lookAtTheEnd();
        }
        return new Result(
                seed,
                witness.broken(),
                events,
                database.rotations().count(),
                trace.hash(),
                witness.backoffs(),
                coverage);
    }

    private void goOnUntil(long nanos) {
        while (time.nanos() < nanos && step()) {}
    }

    private boolean step() {
        if (witness.broken() != null || !time.next()) {
            return false;
        }
        events++;
        witness.look();
        return witness.broken() == null;
    }
}
