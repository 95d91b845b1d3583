package io.gyre.fleet;

import java.time.Duration;
import java.util.Arrays;

/** How late something was, and how much later than what was out of order explains. */
final class Delays {
    private long[] millis = new long[1024];
    private int count;
    private Duration mostUnexplained = Duration.ZERO;

    /** @param explained how long that took which was out of order meanwhile */
    void add(Duration late, Duration explained) {
        if (count == millis.length) {
            millis = Arrays.copyOf(millis, count * 2);
        }
        millis[count++] = late.toMillis();
        Duration unexplained = late.minus(explained);
        if (unexplained.compareTo(mostUnexplained) > 0) {
            mostUnexplained = unexplained;
        }
    }

    void add(Delays others) {
        long[] all = Arrays.copyOf(millis, count + others.count);
        System.arraycopy(others.millis, 0, all, count, others.count);
        millis = all;
        count += others.count;
        if (others.mostUnexplained.compareTo(mostUnexplained) > 0) {
            mostUnexplained = others.mostUnexplained;
        }
    }

    int count() {
        return count;
    }

    /** The largest delay beyond what was out of order. */
    Duration mostUnexplained() {
        return mostUnexplained;
    }

    /** @param part of all that are not later, for example 0.99 */
    Duration quantile(double part) {
        long[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return count == 0
                ? Duration.ZERO
                : Duration.ofMillis(sorted[Math.min(count - 1, (int) Math.ceil(part * count) - 1)]);
    }
}
