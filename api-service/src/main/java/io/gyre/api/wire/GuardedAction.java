package io.gyre.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * An action behind what every request passes, its refusals in its own words, on a context where Hibernate Reactive may
 * keep its session: the request's own duplicated context, which nothing else runs on, and which Quarkus wants to be told
 * is such a one.
 */
record GuardedAction(
        RpcAction action,
        Throttle throttle,
        Authorization authorization,
        CallLog log,
        DatabaseOutage outage,
        Metrics metrics,
        CallTraces traces)
        implements RpcAction {
    @Override
    public String name() {
        return action.name();
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        VertxContextSafetyToggle.setCurrentContextSafe(true);
        long begun = metrics.nanos();
        return traces.followed(request, () -> admitted(request)
                        .chain(() -> permitted(request))
                        .chain(() -> log.begun(request))
                        .chain(() -> done(request)))
                .onItemOrFailure()
                .invoke((answer, failure) ->
                        metrics.took(Meter.API_CALL, begun, request.product(), action.name(), status(failure)));
    }

    private static String status(@Nullable Throwable failure) {
        if (failure == null) {
            return "200";
        }
        return failure instanceof RpcFault fault ? Integer.toString(fault.status()) : "500";
    }

    private Uni<Void> admitted(RpcRequest request) {
        try {
            throttle.admit(request);
            return Uni.createFrom().voidItem();
        } catch (RpcFault refusal) {
            return told(log.throttled(request, refusal), refusal);
        }
    }

    private Uni<Void> permitted(RpcRequest request) {
        return outage.told(Uni.createFrom().deferred(() -> authorization.permit(request)))
                .onFailure()
                .recoverWithUni(failure -> {
                    Throwable refusal = worded(request, failure);
                    return told(log.denied(request, fault(request, refusal)), refusal);
                });
    }

    /** The answer leaves once it is told of. */
    private Uni<ObjectNode> done(RpcRequest request) {
        return outage.told(Uni.createFrom().deferred(() -> action.perform(request)))
                .onItemOrFailure()
                .transformToUni((answer, failure) -> {
                    if (failure == null) {
                        return log.ended(request, null).replaceWith(answer);
                    }
                    Throwable refusal = worded(request, failure);
                    return told(log.ended(request, fault(request, refusal)), refusal);
                });
    }

    /**
     * Fails with this once it is told of, or because it cannot be; where PostgreSQL is away, both are one thing, and the
     * caller hears of that.
     */
    private <T> Uni<T> told(Uni<Void> telling, Throwable refusal) {
        return telling.onFailure(untold -> DatabaseOutage.tells(refusal))
                .recoverWithNull()
                .onItem()
                .transformToUni(told -> Uni.createFrom().failure(refusal));
    }

    private static Throwable worded(RpcRequest request, Throwable failure) {
        if (failure instanceof NotPermitted refusal) {
            return ActionWording.of(request, refusal);
        }
        return failure instanceof RpcFault refusal ? ActionWording.of(request, refusal) : failure;
    }

    /** As the caller will be told. */
    private static RpcFault fault(RpcRequest request, Throwable failure) {
        return failure instanceof RpcFault refusal ? refusal : GatewayFaults.internal(request.requestId());
    }
}
