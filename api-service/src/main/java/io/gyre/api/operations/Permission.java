package io.gyre.api.operations;

import io.gyre.api.wire.Authorization;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.NotPermitted;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** The check that the KMS API's calls pass too: may this caller do this? Each operation is an action of its name. */
class Permission {
    private static final String PRODUCT = "Operations";
    private static final String VERSION = "v1";
    private static final String PATHS = "/operations/v1/";

    private final Authorization authorization;

    Permission(Authorization authorization) {
        this.authorization = authorization;
    }

    @ServerRequestFilter
    Uni<Void> permit(ResourceInfo operation, RoutingContext exchange) {
        AccessKey caller = OperationsGate.caller(exchange);
        if (caller == null) {
            throw GatewayFaults.incompleteSignature("the request is not signed.");
        }
        RpcRequest request = new RpcRequest(
                PRODUCT,
                action(operation.getResourceMethod().getName()),
                VERSION,
                parameters(exchange),
                caller,
                String.valueOf(OperationsGate.requestId(exchange)),
                exchange.request().remoteAddress().hostAddress(),
                exchange.request().isSSL());
        return Uni.createFrom()
                .deferred(() -> authorization.permitOperation(request, path(exchange)))
                .onFailure(NotPermitted.class)
                .transform(refusal -> KmsFaults.noPermission(refusal.missing()));
    }

    private static String path(RoutingContext exchange) {
        return exchange.normalizedPath().substring(PATHS.length());
    }

    /** As the OpenAPI document names it: {@code giveUpRotation} is the action GiveUpRotation. */
    private static String action(String method) {
        return method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
    }

    private static SortedMap<String, String> parameters(RoutingContext exchange) {
        SortedMap<String, String> parameters = new TreeMap<>(exchange.pathParams());
        exchange.queryParams().forEach(parameter -> parameters.put(parameter.getKey(), parameter.getValue()));
        return parameters;
    }
}
