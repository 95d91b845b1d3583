package io.gyre.api.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a delivery is tried again: as Standard Webhooks recommends, in some three days.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">The specification</a>
 */
final class RetrySchedule {
    private static final List<Duration> WAITS = Stream.of(
                    "PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H")
            .map(Duration::parse)
            .toList();

    /** A receiver may put it off for so long, and no longer. */
    static final Duration LONGEST_WAIT = Duration.ofHours(24);

    /** Of the wait, at most, added to it: deliveries that failed together do not come together again. */
    private static final double JITTER = 0.1;

    private RetrySchedule() {}

    /**
     * How long to wait after an attempt that failed.
     *
     * @param attempts how many there were, from 1
     * @param asked by the receiver; zero where it asked for nothing. A shorter wait than the schedule's is not granted
     * @param random from 0 to 1
     * @return empty after the last one
     */
    static Optional<Duration> waitAfter(int attempts, Duration asked, double random) {
        if (attempts < 1) {
            throw new IllegalArgumentException("There was no attempt: " + attempts);
        }
        if (attempts > WAITS.size()) {
            return Optional.empty();
        }
        Duration wait = WAITS.get(attempts - 1);
        Duration jittered = wait.plusMillis((long) (wait.toMillis() * JITTER * random));
        Duration granted = asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
        return Optional.of(granted.compareTo(jittered) > 0 ? granted : jittered);
    }
}
