package io.gyre.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcApi;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.CloudAccessKeys;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.account.Policies;
import io.gyre.simulator.fault.Faults;
import io.gyre.simulator.limit.CallLimits;
import io.gyre.simulator.store.Database;
import io.gyre.simulator.store.Transaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** What stands before every action: how often the account calls, the key's last use, the caller's policies, and the faults that were asked for. */
@Singleton
class CloudGate {
    private final Database database;
    private final CloudAccessKeys keys;
    private final Policies policies;
    private final Faults faults;
    private final CallLimits limits;

    CloudGate(Database database, CloudAccessKeys keys, Policies policies, Faults faults, CallLimits limits) {
        this.database = database;
        this.keys = keys;
        this.policies = policies;
        this.faults = faults;
        this.limits = limits;
    }

    RpcApi api(String product, String version, List<CloudAction> actions) {
        return new RpcApi(
                product, version, actions.stream().<RpcAction>map(Guarded::new).toList());
    }

    private final class Guarded implements RpcAction {
        private final CloudAction action;

        Guarded(CloudAction action) {
            this.action = action;
        }

        @Override
        public String name() {
            return action.name();
        }

        @Override
        public Uni<ObjectNode> perform(RpcRequest request) {
            limits.admit(request);
            return onWorker(transaction -> {
                        keys.touch(transaction, request.caller());
                        return true;
                    })
                    .chain(touched -> onWorker(transaction -> {
                        policies.check(transaction, request);
                        return faults.take(transaction, request);
                    }))
                    .chain(fault -> {
                        Uni<ObjectNode> work =
                                onWorker(transaction -> action.work().perform(transaction, request));
                        return fault.map(struck -> struck.around(work)).orElse(work);
                    });
        }
    }

    private <T> Uni<T> onWorker(Function<Transaction, T> work) {
        return Uni.createFrom()
                .item(() -> database.inTransaction(work))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
