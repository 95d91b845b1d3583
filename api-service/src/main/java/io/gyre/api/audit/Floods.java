package io.gyre.api.audit;

import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls are told of those that cost their caller nothing, from callers who proved nothing or are throttled: whoever
 * sends more would fill the disk. The next one that is told says how many were not.
 */
@ApplicationScoped
class Floods {
    private static final int AT_ONCE = 200;
    private static final int A_SECOND = 20;

    private final Bucket bucket = Bucket.builder()
            .addLimit(limit -> limit.capacity(AT_ONCE).refillGreedy(A_SECOND, Duration.ofSeconds(1)))
            .build();
    private final AtomicLong untold = new AtomicLong();

    /** How many were not told since the last one that was; empty where this one is not to be told either. */
    OptionalLong next() {
        if (bucket.tryConsume(1)) {
            return OptionalLong.of(untold.getAndSet(0));
        }
        untold.incrementAndGet();
        return OptionalLong.empty();
    }
}
