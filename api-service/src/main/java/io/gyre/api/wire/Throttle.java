package io.gyre.api.wire;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts what each account calls, where the operator wants it counted. A request is counted once its signature was found
 * right, so that nobody uses up another's quota, and before anything else is done for it.
 */
@ApplicationScoped
public class Throttle {
    private record Account(String id, Quota quota) {}

    private final boolean counts;
    private final int processes;
    private final TimeMeter time;

    /** As many as there are accounts times quotas: only whoever has an AccessKey is counted. */
    private final ConcurrentMap<Account, Bucket> buckets = new ConcurrentHashMap<>();

    @Inject
    Throttle(ThrottlingSettings settings) {
        this(settings.profile(), settings.processes(), TimeMeter.SYSTEM_MILLISECONDS);
    }

    Throttle(ThrottlingSettings.Profile profile, int processes, TimeMeter time) {
        this.counts = profile == ThrottlingSettings.Profile.SHARED_GATEWAY;
        this.processes = processes;
        this.time = time;
    }

    /** @throws RpcFault Rejected.Throttling where the account has used up its quota for this action */
    void admit(RpcRequest request) {
        if (counts && !bucket(request).tryConsume(1)) {
            throw GatewayFaults.throttled();
        }
    }

    private Bucket bucket(RpcRequest request) {
        return buckets.computeIfAbsent(
                new Account(request.caller().accountId(), Quota.of(request.action())),
                account -> full(account.quota()));
    }

    /** At least one call a period, however many processes share it. */
    private Bucket full(Quota quota) {
        int share = Math.max(1, quota.calls() / processes);
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(share).refillGreedy(share, quota.period()))
                .withCustomTimePrecision(time)
                .build();
    }
}
