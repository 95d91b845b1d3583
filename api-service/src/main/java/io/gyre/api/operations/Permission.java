package io.gyre.api.operations;

import io.gyre.api.wire.Authorization;
import io.gyre.api.wire.CallLog;
import io.gyre.api.wire.CallTraces;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.NotPermitted;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RefusedCalls;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.trace.TraceParent;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.Annotation;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * What the KMS API's calls pass too: may this caller do this? And what was done is told before the answer leaves. Each operation
 * is an action of its name.
 */
class Permission {
    private static final String PRODUCT = "Operations";
    private static final String VERSION = "v1";
    private static final String PATHS = "/operations/v1/";

    private static final String PERMITTED = Permission.class.getName() + ".permitted";
    private static final String DENIED = Permission.class.getName() + ".denied";
    private static final String FOLLOWED = Permission.class.getName() + ".followed";

    private final Authorization authorization;
    private final CallLog log;
    private final RefusedCalls refusals;
    private final CallTraces traces;

    Permission(Authorization authorization, CallLog log, RefusedCalls refusals, CallTraces traces) {
        this.authorization = authorization;
        this.log = log;
        this.refusals = refusals;
        this.traces = traces;
    }

    @ServerRequestFilter
    Uni<Void> permit(ResourceInfo operation, UriInfo uri, RoutingContext exchange) {
        AccessKey caller = OperationsGate.caller(exchange);
        if (caller == null) {
            throw GatewayFaults.incompleteSignature("the request is not signed.");
        }
        RpcRequest request = new RpcRequest(
                PRODUCT,
                action(operation.getResourceMethod().getName()),
                VERSION,
                parameters(uri),
                caller,
                String.valueOf(OperationsGate.requestId(exchange)),
                exchange.request().remoteAddress().hostAddress(),
                exchange.request().isSSL(),
                exchange.request().getHeader(TraceParent.HEADER));
        CallTraces.Followed followed = traces.begin(request);
        if (followed != null) {
            exchange.put(FOLLOWED, followed);
        }
        return Uni.createFrom()
                .deferred(() -> authorization.permitOperation(request, path(exchange)))
                .onFailure(NotPermitted.class)
                .recoverWithUni(refusal -> {
                    RpcFault fault = KmsFaults.noPermission(refusal.missing());
                    exchange.put(DENIED, true);
                    return log.denied(request, fault).onItem().transformToUni(told -> Uni.createFrom()
                            .failure(fault));
                })
                .chain(() -> log.begun(request))
                .invoke(() -> exchange.put(PERMITTED, request));
    }

    /** As it was permitted: for an operation that asks for one more permission. */
    static RpcRequest permitted(RoutingContext exchange) {
        return Objects.requireNonNull(exchange.<RpcRequest>get(PERMITTED));
    }

    /** Whatever became of it, a refusal too; where it cannot be told, nothing of the answer leaves. */
    @ServerResponseFilter
    Uni<Void> tell(ContainerResponseContext answer, RoutingContext exchange) {
        return told(answer, exchange).onTermination().invoke(() -> {
            CallTraces.Followed followed = exchange.get(FOLLOWED);
            if (followed != null) {
                followed.end(exchange.<RpcFault>get(Refusals.REFUSAL));
            }
        });
    }

    private Uni<Void> told(ContainerResponseContext answer, RoutingContext exchange) {
        RpcRequest request = exchange.get(PERMITTED);
        if (request == null) {
            return refused(exchange);
        }
        return log.ended(request, exchange.get(Refusals.REFUSAL))
                .onFailure(RpcFault.class)
                .recoverWithUni(untold -> {
                    Problem problem = Problem.of(untold, request.requestId());
                    answer.setStatus(problem.status());
                    answer.setEntity(problem.json(), new Annotation[0], MediaType.valueOf(Problem.MEDIA_TYPE));
                    return Uni.createFrom().voidItem();
                });
    }

    /** What came to no operation: whoever looks for what there might be is seen. What was denied is told already. */
    private Uni<Void> refused(RoutingContext exchange) {
        RpcFault fault = exchange.get(Refusals.REFUSAL);
        AccessKey caller = OperationsGate.caller(exchange);
        if (fault == null || caller == null || exchange.get(DENIED) != null) {
            return Uni.createFrom().voidItem();
        }
        return refusals.refused(
                        new RefusedCalls.RefusedCall(
                                caller.id(),
                                null,
                                exchange.request().method() + " " + exchange.normalizedPath(),
                                String.valueOf(OperationsGate.requestId(exchange)),
                                exchange.request().remoteAddress().hostAddress()),
                        fault)
                .onFailure()
                .recoverWithNull();
    }

    private static String path(RoutingContext exchange) {
        return exchange.normalizedPath().substring(PATHS.length());
    }

    /** As the OpenAPI document names it: {@code giveUpRotation} is the action GiveUpRotation. */
    static String action(String method) {
        return method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
    }

    /** A name that stands several times counts with its last value. */
    private static SortedMap<String, String> parameters(UriInfo uri) {
        SortedMap<String, String> parameters = new TreeMap<>();
        uri.getQueryParameters().forEach((name, values) -> parameters.put(name, values.get(values.size() - 1)));
        uri.getPathParameters().forEach((name, values) -> parameters.put(name, values.get(values.size() - 1)));
        return parameters;
    }
}
