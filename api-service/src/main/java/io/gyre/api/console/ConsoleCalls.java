package io.gyre.api.console;

import io.gyre.api.wire.Authorization;
import io.gyre.api.wire.CallLog;
import io.gyre.api.wire.CallTraces;
import io.gyre.api.wire.DatabaseOutage;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.NotPermitted;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What is done by the console is an operation like one of the operations API: the same permissions are asked for, in the same
 * words, and it is told to the audit log before its answer leaves.
 */
@ApplicationScoped
class ConsoleCalls {
    private final Authorization authorization;
    private final CallLog log;
    private final DatabaseOutage outage;
    private final CallTraces traces;

    ConsoleCalls(Authorization authorization, CallLog log, DatabaseOutage outage, CallTraces traces) {
        this.authorization = authorization;
        this.log = log;
        this.outage = outage;
        this.traces = traces;
    }

    /**
     * An operation as somebody wants it done.
     *
     * @param name for example {@code GrantServiceRole}
     * @param path of what it is about, below the operations API's own
     * @param parameters as the operations API would have them, for the audit log
     */
    record Operation(String name, String path, Map<String, String> parameters) {
        Operation(String name, String path) {
            this(name, path, Map.of());
        }
    }

    /** Empty where the visitor may do this; else which permission is missing. Nothing is done, nor told. */
    Uni<Optional<String>> missing(Visit visit, Visitor visitor, Operation operation) {
        return permitted(request(visit, visitor, operation), operation)
                .replaceWith(Optional.<String>empty())
                .onFailure(NotPermitted.class)
                .recoverWithItem(refusal ->
                        Optional.of(KmsFaults.noPermission(refusal.missing()).text()));
    }

    /** @return fails with an {@link RpcFault} where the visitor may not do this; nothing is told */
    Uni<Void> permit(Visit visit, Visitor visitor, Operation operation) {
        return permitted(request(visit, visitor, operation), operation)
                .onFailure(NotPermitted.class)
                .transform(refusal -> KmsFaults.noPermission(refusal.missing()));
    }

    /** @return fails with an {@link RpcFault} where the visitor may not do this, or where it cannot be told of */
    <T> Uni<T> make(Visit visit, Visitor visitor, Operation operation, Supplier<Uni<T>> work) {
        RpcRequest request = request(visit, visitor, operation);
        return traces.followed(request, () -> permitted(request, operation)
                .onFailure(NotPermitted.class)
                .recoverWithUni(refusal -> {
                    RpcFault fault = KmsFaults.noPermission(refusal.missing());
                    return log.denied(request, fault).onItem().transformToUni(told -> Uni.createFrom()
                            .failure(fault));
                })
                .chain(() -> log.begun(request))
                .chain(() -> done(request, work)));
    }

    /** The answer leaves once it is told of, a failure too. */
    private <T> Uni<T> done(RpcRequest request, Supplier<Uni<T>> work) {
        return outage.told(Uni.createFrom().deferred(work::get))
                .onItemOrFailure()
                .transformToUni((done, failure) -> {
                    if (failure == null) {
                        return log.ended(request, null).replaceWith(done);
                    }
                    RpcFault fault =
                            failure instanceof RpcFault refusal ? refusal : GatewayFaults.internal(request.requestId());
                    return log.ended(request, fault).onItem().transformToUni(told -> Uni.createFrom()
                            .failure(failure));
                });
    }

    private Uni<Void> permitted(RpcRequest request, Operation operation) {
        return Uni.createFrom().deferred(() -> authorization.permitOperation(request, operation.path()));
    }

    private static RpcRequest request(Visit visit, Visitor visitor, Operation operation) {
        return new RpcRequest(
                CallLog.CONSOLE,
                operation.name(),
                "v1",
                new TreeMap<>(operation.parameters()),
                visitor.asCaller(),
                visit.requestId(),
                visit.sourceAddress(),
                visit.secure());
    }
}
