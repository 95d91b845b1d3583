package io.gyre.simulator.limit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.Answers;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.store.Transaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Counts the calls of each account and product, and throttles where it was asked to. A restart forgets all of it. */
@Singleton
public class CallLimits {
    private static final Set<String> PRODUCTS = Set.of("Ram", "Sts", "Rds", "Ecs");
    private static final int HIGHEST_LIMIT = 100_000;

    private final LongSupplier nanos;
    private final Map<String, Map<String, Count>> counts = new TreeMap<>();

    /** Calls a second that a product grants each account; none for those without a limit. */
    private final Map<String, Integer> limits = new TreeMap<>();

    @Inject
    public CallLimits() {
        this(System::nanoTime);
    }

    CallLimits(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private static final class Count {
        private final CallWindow all = new CallWindow();
        private final CallWindow admitted = new CallWindow();
        private long calls;
        private long throttled;
    }

    public List<CloudAction> actions() {
        return List.of(
                new CloudAction("LimitCalls", this::limit),
                new CloudAction("CountCalls", this::count),
                new CloudAction("ForgetCalls", this::forget));
    }

    /**
     * Counts a call, whatever becomes of it. Those of the simulator's own API do not count.
     *
     * @throws RpcFault Throttling.User, where the product has answered as many calls of the account within a second as it may
     */
    public void admit(RpcRequest request) {
        if (PRODUCTS.contains(request.product())) {
            admit(request.caller().accountId(), request.product());
        }
    }

    synchronized void admit(String account, String product) {
        long now = nanos.getAsLong();
        Count count =
                counts.computeIfAbsent(account, any -> new TreeMap<>()).computeIfAbsent(product, any -> new Count());
        count.calls++;
        count.all.add(now);
        Integer limit = limits.get(product);
        if (limit != null && count.admitted.at(now) >= limit) {
            count.throttled++;
            throw new RpcFault(400, "Throttling.User", "Request was denied due to user flow control.");
        }
        count.admitted.add(now);
    }

    private ObjectNode limit(Transaction transaction, RpcRequest request) {
        String product = request.required("TargetProduct");
        if (!PRODUCTS.contains(product)) {
            throw GatewayFaults.invalid("TargetProduct", "it must be Ram, Sts, Rds or Ecs.");
        }
        limit(product, request.integer("CallsPerSecond", 0, 0, HIGHEST_LIMIT));
        return Answers.empty();
    }

    /** @param callsPerSecond none for no limit */
    synchronized void limit(String product, int callsPerSecond) {
        if (callsPerSecond == 0) {
            limits.remove(product);
        } else {
            limits.put(product, callsPerSecond);
        }
    }

    private synchronized ObjectNode count(Transaction transaction, RpcRequest request) {
        ObjectNode answer = Answers.empty();
        List<ObjectNode> all = counts.entrySet().stream()
                .flatMap(account -> account.getValue().entrySet().stream()
                        .map(product -> shown(account.getKey(), product.getKey(), product.getValue())))
                .toList();
        Answers.list(answer, "CallCounts", "CallCount", all, shown -> shown);
        return answer;
    }

    private static ObjectNode shown(String account, String product, Count count) {
        return Answers.empty()
                .put("AccountId", account)
                .put("TargetProduct", product)
                .put("Calls", count.calls)
                .put("MostInOneSecond", count.all.most())
                .put("Throttled", count.throttled);
    }

    private synchronized ObjectNode forget(Transaction transaction, RpcRequest request) {
        counts.clear();
        limits.clear();
        return Answers.empty();
    }
}
