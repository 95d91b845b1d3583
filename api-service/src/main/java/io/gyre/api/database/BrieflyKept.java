package io.gyre.api.database;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was read lately, for a few seconds: that long, what another process changed does not count here yet. What is not
 * there is not kept, nor a reading that failed.
 *
 * @param <K> what it is found by
 * @param <V> what is kept
 */
public final class BrieflyKept<K, V> {
    /** As long as a key that was disabled elsewhere goes on working here. */
    public static final Duration LIFE = Duration.ofSeconds(5);

    private static final int CAPACITY = 10_000;

    private final Function<K, Uni<@Nullable V>> reading;
    private final AsyncCache<K, V> recent = Caffeine.newBuilder()
            .expireAfterWrite(LIFE)
            .maximumSize(CAPACITY)
            .scheduler(Scheduler.systemScheduler())
            .recordStats()
            .buildAsync();

    /** @param kept what is kept, as {@link Meter#KEPT_LOOKUP} has it */
    public BrieflyKept(Function<K, Uni<@Nullable V>> reading, Metrics metrics, String kept) {
        this.reading = reading;
        Cache<K, V> counted = recent.synchronous();
        metrics.showsCount(Meter.KEPT_LOOKUP, () -> counted.stats().hitCount(), kept, "hit");
        metrics.showsCount(Meter.KEPT_LOOKUP, () -> counted.stats().missCount(), kept, "miss");
    }

    /** Null where there is none; goes on in the caller's context, whoever asked first. */
    public Uni<@Nullable V> get(K key) {
        CompletableFuture<V> value =
                recent.get(key, (wanted, executor) -> reading.apply(wanted).subscribeAsCompletionStage());
        if (value.isDone() && !value.isCompletedExceptionally()) {
            return Uni.createFrom().item(value.join());
        }
        Context own = Vertx.currentContext();
        return Uni.createFrom().completionStage(value).emitOn(task -> own.runOnContext(on -> task.run()));
    }

    /** In this process at once. A reading that is under way is not kept. */
    public void forget() {
        recent.synchronous().invalidateAll();
    }
}
