package io.gyre.benchmarks.schedules;

import io.gyre.platform.PlatformException;
import io.gyre.platform.process.Poll;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The instants at which schedules began, of a scheduler in this JVM. */
final class Begins {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Queue<Instant> begun = new ConcurrentLinkedQueue<>();

    /** One began now. */
    void add() {
        begun.add(Instant.now());
    }

    void forget() {
        begun.clear();
    }

    List<Double> after(String contender, int schedules, Instant at) {
        if (!Poll.until(LONGEST, () -> begun.size() >= schedules)) {
            throw new PlatformException("%s began %,d of %,d schedules that were due within %d minutes."
                    .formatted(contender, begun.size(), schedules, LONGEST.toMinutes()));
        }
        return begun.stream().map(each -> Lateness.millis(at, each)).toList();
    }
}
