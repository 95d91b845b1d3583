package io.gyre.api.audit;

import io.gyre.api.wire.CallLog;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RefusedCalls;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells of each call. A read is told once, before its answer leaves; what may change something before it is made, too. */
@ApplicationScoped
class AuditedCalls implements CallLog, RefusedCalls {
    private final AuditTrail trail;
    private final CallEvents events;
    private final Floods floods;

    AuditedCalls(AuditTrail trail, CallEvents events, Floods floods) {
        this.trail = trail;
        this.events = events;
        this.floods = floods;
    }

    @Override
    public Uni<Void> begun(RpcRequest request) {
        return CallEffect.of(request.action()) == CallEffect.READ
                ? Uni.createFrom().voidItem()
                : written(events.begun(request), GatewayFaults::auditUnwritten);
    }

    @Override
    public Uni<Void> ended(RpcRequest request, @Nullable RpcFault fault) {
        return written(
                events.ended(request, fault),
                CallEffect.of(request.action()) == CallEffect.READ
                        ? GatewayFaults::auditUnwritten
                        : GatewayFaults::outcomeUnwritten);
    }

    @Override
    public Uni<Void> denied(RpcRequest request, RpcFault fault) {
        return written(events.denied(request, fault, 0), GatewayFaults::auditUnwritten);
    }

    @Override
    public Uni<Void> throttled(RpcRequest request, RpcFault fault) {
        return seldom(untold -> events.denied(request, fault, untold));
    }

    @Override
    public Uni<Void> refused(RefusedCall call, RpcFault fault) {
        return seldom(untold -> events.refused(call, fault, untold));
    }

    private Uni<Void> seldom(LongFunction<String> event) {
        OptionalLong untold = floods.next();
        return untold.isPresent()
                ? written(event.apply(untold.getAsLong()), GatewayFaults::auditUnwritten)
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> written(String event, Supplier<RpcFault> otherwise) {
        return trail.write(event).onFailure(AuditUnwritten.class).transform(unwritten -> otherwise.get());
    }
}
