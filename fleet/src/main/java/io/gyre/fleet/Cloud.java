package io.gyre.fleet;

import io.gyre.worker.machine.CloudProduct;
import java.time.Instant;

/** Counts the calls of a cloud account's products, second by second, as a cloud does that throttles. */
final class Cloud {
    private static final class Count {
        private long second;
        private int inSecond;
        private int most;
        private long all;
    }

    private final PerProduct<Count> counts = PerProduct.of(product -> new Count());

    /** Counts so many calls. @return how many there were in this second so far */
    int called(CloudProduct product, int calls, Instant now) {
        Count count = counts.of(product);
        if (now.getEpochSecond() != count.second) {
            count.second = now.getEpochSecond();
            count.inSecond = 0;
        }
        count.inSecond += calls;
        count.all += calls;
        count.most = Math.max(count.most, count.inSecond);
        return count.inSecond;
    }

    /** The most in one second. */
    int most(CloudProduct product) {
        return counts.of(product).most;
    }

    long calls() {
        return counts.all().stream().mapToLong(each -> each.all).sum();
    }
}
