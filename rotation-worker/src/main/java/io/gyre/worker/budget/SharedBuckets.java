package io.gyre.worker.budget;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.gyre.worker.machine.CloudProduct;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Bucket4j's buckets of one cloud account in PostgreSQL, by compare and swap. Bucket4j's own module for PostgreSQL speaks
 * JDBC, which blocks a thread for each call; this goes through the worker's one pool and blocks none.
 */
final class SharedBuckets extends AbstractCompareAndSwapBasedProxyManager<CloudProduct> {
    private final Pool pool;
    private final String account;
    private final DatabaseClock clock;

    /** What was last read of which part of its rate a product has. */
    private final Map<CloudProduct, Double> shares = new EnumMap<>(CloudProduct.class);

    SharedBuckets(Pool pool, String account, DatabaseClock clock) {
        super(ClientSideConfig.getDefault().withClientClock(clock));
        this.pool = pool;
        this.account = account;
        this.clock = clock;
    }

    /** From 1, the whole rate, down to a sixteenth of it. */
    synchronized double share(CloudProduct product) {
        return shares.getOrDefault(product, 1.0);
    }

    synchronized void keep(CloudProduct product, double share) {
        shares.put(product, share);
    }

    private CompletableFuture<Optional<byte[]>> read(CloudProduct product) {
        return pool.preparedQuery(BudgetSql.READ)
                .execute(Tuple.of(account, product.label()))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    clock.read(row.getOffsetDateTime("wall"));
                    keep(product, row.getDouble("share"));
                    return Optional.ofNullable(row.getBuffer("bucket")).map(bucket -> bucket.getBytes());
                })
                .subscribeAsCompletionStage();
    }

    private CompletableFuture<Boolean> swap(
            CloudProduct product, byte @Nullable [] original, byte[] changed, RemoteBucketState state) {
        Bandwidth limit = state.getConfiguration().getBandwidths()[0];
        List<Object> values = new ArrayList<>(List.of(
                account,
                product.label(),
                Buffer.buffer(changed),
                calls(state.getAvailableTokens()),
                calls(limit.getRefillTokens()) * TimeUnit.SECONDS.toNanos(1) / limit.getRefillPeriodNanos(),
                calls(limit.getCapacity())));
        if (original != null) {
            values.add(Buffer.buffer(original));
        }
        return pool.preparedQuery(original == null ? BudgetSql.BEGIN : BudgetSql.REPLACE)
                .execute(Tuple.tuple(values))
                .map(rows -> rows.rowCount() == 1)
                .subscribeAsCompletionStage();
    }

    private static double calls(long tokens) {
        return (double) tokens / Grant.TOKENS_A_CALL;
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(CloudProduct product) {
        return new AsyncCompareAndSwapOperation() {
            @Override
            public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> timeoutNanos) {
                return read(product);
            }

            @Override
            public CompletableFuture<Boolean> compareAndSwap(
                    byte @Nullable [] original, byte[] changed, RemoteBucketState state, Optional<Long> timeoutNanos) {
                return swap(product, original, changed, state);
            }
        };
    }

    @Override
    public boolean isAsyncModeSupported() {
        return true;
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(CloudProduct product) {
        throw new UnsupportedOperationException("No thread waits for a budget.");
    }

    @Override
    public void removeProxy(CloudProduct product) {
        throw new UnsupportedOperationException("A budget is not taken away.");
    }

    @Override
    protected CompletableFuture<Void> removeAsync(CloudProduct product) {
        throw new UnsupportedOperationException("A budget is not taken away.");
    }
}
