package io.gyre.worker.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.worker.machine.Phases;
import io.gyre.worker.simulation.Simulation.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Logger LOG = Logger.getLogger(SimulationTest.class);

    /** Any number of seeds. */
    private static final String SEEDS = "gyre.simulation.seeds";

    /** Exactly one seed, told event by event. */
    private static final String SEED = "gyre.simulation.seed";

    /** From so many seeds on, rare things have happened, and averages hardly stray. */
    private static final int ENOUGH = 2000;

    /** What two cores do in half a minute. */
    private static final long USUAL = 3000;

    private static final String REPLAY =
            "mvn -pl rotation-worker -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -D" + SEED
                    + "=";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Result run(long seed) {
        return new Simulation(seed, new Parts(), false).run();
    }

    private static String told(Result result) {
        return "Seed " + result.seed() + ", event " + result.events() + ": " + result.broken() + "\n  replayed by: "
                + REPLAY + result.seed();
    }

    @Test
    void everyInvariantHoldsForEachSeed() {
        try (Silence silence = new Silence()) {
            Long only = Long.getLong(SEED);
            if (only != null) {
                Result result = new Simulation(only, new Parts(), true).run();
                assertTrue(result.broken() == null, () -> told(result));
                return;
            }
            List<Result> results = LongStream.rangeClosed(1, Long.getLong(SEEDS, USUAL))
                    .parallel()
                    .mapToObj(SimulationTest::run)
                    .toList();
            long events = results.stream().mapToLong(Result::events).sum();
            long rotations = results.stream().mapToLong(Result::rotations).sum();
            LOG.infof("Simulated %d seeds: %d events, %d rotations.", results.size(), events, rotations);
            List<Result> broken =
                    results.stream().filter(each -> each.broken() != null).toList();
            assertTrue(
                    broken.isEmpty(),
                    () -> broken.stream().map(SimulationTest::told).collect(Collectors.joining("\n")));
            if (results.size() >= ENOUGH) {
                retriesKeepTheirDistance(results);
                everythingWasMet(results);
            }
        }
    }

    private static void retriesKeepTheirDistance(List<Result> results) {
        Backoffs all = new Backoffs();
        results.forEach(each -> all.add(each.backoffs()));
        assertEquals(1, all.ratio(), 0.05, "retries wait for half of their longest delay on average");
    }

    private static void everythingWasMet(List<Result> results) {
        Coverage all = new Coverage();
        results.forEach(each -> all.add(each.coverage()));
        assertEquals(EnumSet.allOf(Faults.Kind.class), all.struck().keySet(), "every kind of fault has struck");
        assertTrue(all.timesSentAway() > 0, "effects wait for the budget of calls");
        assertTrue(all.timesToldOfThrottling() > 0, "the budget hears that the cloud throttles");
        assertTrue(all.timesGivenBack() > 0, "workers that are to end give back what they have in hand");
        assertTrue(all.commitsRefused() > 0, "workers go on after their lease, and are refused");
        for (String type : Parts.TYPES) {
            for (String phase : Phases.of(new Parts().machine(type))) {
                boolean begins = phase.equals("REQUESTED");
                assertTrue(begins || all.phases().contains(type + " " + phase), () -> type + " never reached " + phase);
            }
        }
    }

    @Test
    void aSeedReplaysExactly() {
        try (Silence silence = new Silence()) {
            for (long seed = 1; seed <= 20; seed++) {
                assertEquals(run(seed).hash(), run(seed).hash(), "seed " + seed);
            }
            assertNotEquals(run(1).hash(), run(2).hash());
        }
    }

    /** Orders that differ from process to process, such as that of a Set, would show here. */
    @Test
    void aSeedReplaysExactlyInAnotherProcess() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replay.class.getName(),
                        "1",
                        "5")
                .redirectErrorStream(true)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(other.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "it does not end");
        for (long seed = 1; seed <= 5; seed++) {
            String here = Replay.line(seed);
            assertTrue(said.contains(here), () -> here + " is not what the other process said: " + said);
        }
    }
}
