package io.gyre.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;

/**
 * An action behind what every request passes, its refusals in its own words, on a context where Hibernate Reactive may
 * keep its session: the request's own duplicated context, which nothing else runs on, and which Quarkus wants to be told
 * is such a one.
 */
record GuardedAction(RpcAction action, Throttle throttle, Authorization authorization, DatabaseOutage outage)
        implements RpcAction {
    @Override
    public String name() {
        return action.name();
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        throttle.admit(request);
        VertxContextSafetyToggle.setCurrentContextSafe(true);
        return outage.told(permitted(request).chain(() -> action.perform(request)))
                .onFailure(RpcFault.class)
                .transform(refusal -> ActionWording.of(request, refusal));
    }

    private Uni<Void> permitted(RpcRequest request) {
        return Uni.createFrom()
                .deferred(() -> authorization.permit(request))
                .onFailure(NotPermitted.class)
                .transform(refusal -> ActionWording.of(request, refusal));
    }
}
