package io.gyre.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** When something was out of order. */
final class Outages {
    private static final Duration DAY = Duration.ofDays(1);

    /** Begin to end; no two of them touch. */
    private final NavigableMap<Instant, Instant> all = new TreeMap<>();

    /**
     * At most one each day, and over by its end.
     *
     * @param likelihood that there is one on a day
     */
    static Outages daily(
            RandomGenerator random, Instant from, int days, double likelihood, Duration shortest, Duration longest) {
        Outages outages = new Outages();
        for (int day = 0; day < days; day++) {
            if (random.nextDouble() < likelihood) {
                Duration length = between(random, shortest, longest);
                Duration into =
                        between(random, Duration.ofSeconds(1), DAY.minus(length).minusSeconds(1));
                Instant begin = from.plus(DAY.multipliedBy(day)).plus(into);
                outages.all.put(begin, begin.plus(length));
            }
        }
        return outages;
    }

    private static Duration between(RandomGenerator random, Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis()));
    }

    boolean at(Instant moment) {
        Map.Entry<Instant, Instant> last = all.floorEntry(moment);
        return last != null && moment.isBefore(last.getValue());
    }

    /** Begin and end of that which there is at a moment. */
    Map.Entry<Instant, Instant> around(Instant moment) {
        return all.floorEntry(moment);
    }

    /** When that is over which there is at a moment. */
    Instant end(Instant moment) {
        return around(moment).getValue();
    }

    /** How long those took, from begin to end, that there were between two moments. */
    Duration touching(Instant from, Instant until) {
        Instant first = at(from) ? all.floorKey(from) : from;
        Duration sum = Duration.ZERO;
        for (Map.Entry<Instant, Instant> each :
                all.subMap(first, true, until, true).entrySet()) {
            sum = sum.plus(Duration.between(each.getKey(), each.getValue()));
        }
        return sum;
    }
}
