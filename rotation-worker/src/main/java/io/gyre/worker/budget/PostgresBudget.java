package io.gyre.worker.budget;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.gyre.worker.engine.CallBudget;
import io.gyre.worker.engine.Ticks;
import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/**
 * The budgets of a cloud account in PostgreSQL. Wishes that come while one is on its way to PostgreSQL go there together
 * afterwards, so the cost of a call falls as there are more; a call is never made before its tokens are taken there.
 */
public final class PostgresBudget implements CallBudget {
    private static final Logger LOG = Logger.getLogger(PostgresBudget.class);

    private final Pool pool;
    private final BudgetConfig config;
    private final Ticks ticks;
    private final ScheduledExecutorService executor;
    private final SharedBuckets buckets;
    private final Map<CloudProduct, AsyncBucketProxy> proxies = new EnumMap<>(CloudProduct.class);

    /** Whose limits this process has told PostgreSQL: where two were told different ones, the last that starts counts. */
    private final Set<CloudProduct> told = EnumSet.noneOf(CloudProduct.class);

    /** @param executor completes turns that had to be waited for */
    public PostgresBudget(Pool pool, BudgetConfig config, Ticks ticks, ScheduledExecutorService executor) {
        this.pool = pool;
        this.config = config;
        this.ticks = ticks;
        this.executor = executor;
        this.buckets = new SharedBuckets(pool, config.account(), new DatabaseClock(ticks));
        for (CloudProduct product : CloudProduct.values()) {
            proxies.put(
                    product,
                    buckets.asAsync()
                            .builder()
                            .withOptimization(Optimizations.batching())
                            .build(product, () -> CompletableFuture.completedFuture(limits(product))));
        }
    }

    private Grant granted(CloudProduct product) {
        BudgetConfig.Rate granted = config.budget().of(product);
        return new Grant(granted.rate(), granted.burst());
    }

    /** A budget that was lost with PostgreSQL's memory begins anew. */
    private BucketConfiguration limits(CloudProduct product) {
        return BucketConfiguration.builder().addLimit(granted(product).limit()).build();
    }

    @Override
    public Uni<Turn> take(Calls calls, Duration longest) {
        CloudProduct product = calls.product();
        AsyncBucketProxy bucket = proxy(product);
        return tell(product, bucket).chain(() -> {
            Grant.Price price = granted(product).price(calls, buckets.share(product));
            return Reservation.of(
                            listener -> bucket.toListenable(listener).asScheduler(),
                            price.held(),
                            longest,
                            price.grown(),
                            ticks,
                            executor)
                    .chain(turn -> turn.come() && price.owed() > 0
                            ? Uni.createFrom()
                                    .completionStage(bucket.consumeIgnoringRateLimits(price.owed()))
                                    .replaceWith(turn)
                            : Uni.createFrom().item(turn));
        });
    }

    private AsyncBucketProxy proxy(CloudProduct product) {
        AsyncBucketProxy proxy = proxies.get(product);
        if (proxy == null) {
            throw new IllegalStateException(product + " has no budget.");
        }
        return proxy;
    }

    private Uni<Void> tell(CloudProduct product, AsyncBucketProxy bucket) {
        synchronized (told) {
            if (told.contains(product)) {
                return Uni.createFrom().voidItem();
            }
        }
        return Uni.createFrom()
                .completionStage(bucket.replaceConfiguration(limits(product), TokensInheritanceStrategy.AS_IS))
                .invoke(() -> {
                    synchronized (told) {
                        told.add(product);
                    }
                });
    }

    @Override
    public Uni<Void> throttled(CloudProduct product) {
        return pool.preparedQuery(BudgetSql.THROTTLED)
                .execute(Tuple.of(
                        config.account(), product.label(), Throttle.LEAST, (double) Throttle.ONCE_IN.toSeconds()))
                .invoke(rows -> {
                    for (Row row : rows) {
                        buckets.keep(product, row.getDouble("share"));
                        LOG.warnf(
                                "%s throttles the calls of cloud account %s: the workers call it %.2f times a second, and"
                                        + " every 30 s more often by a tenth of what is set.",
                                product, config.account(), row.getDouble("rate"));
                    }
                })
                .replaceWithVoid();
    }
}
