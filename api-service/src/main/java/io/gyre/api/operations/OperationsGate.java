package io.gyre.api.operations;

import io.gyre.api.backup.InstanceBackups;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.AccessKeys;
import io.gyre.rpc.PlainHttp;
import io.gyre.rpc.RefusedCalls;
import io.gyre.rpc.RestGate;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.Undisclosed;
import io.gyre.rpc.UsedNonces;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything below /operations/: who has not signed the request, or lets others listen to it, learns nothing of
 * what is there. Health and the OpenAPI document lie elsewhere, and stay open.
 */
@Singleton
class OperationsGate {
    private static final Logger LOG = Logger.getLogger(OperationsGate.class);

    /** No operation needs a tenth of it. */
    static final int BODY_LIMIT = 16 * 1024;

    /** The one that takes a file. */
    private static final String RESTORE = "/operations/v1/instances/restore";

    /** A backup in Base64, and what stands beside it. */
    private static final int RESTORE_LIMIT = InstanceBackups.LARGEST_FILE / 3 * 4 + BODY_LIMIT;

    private static final String PATHS = "/operations/*";
    private static final String CALLER = OperationsGate.class.getName() + ".caller";
    private static final String REQUEST_ID = OperationsGate.class.getName() + ".request";

    /** As RFC 9110 writes Date. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final RestGate gate;
    private final InstantSource clock;
    private final int tlsPort;

    private final RestoreTurn restores;

    OperationsGate(
            AccessKeys keys,
            UsedNonces nonces,
            InstantSource clock,
            RefusedCalls refusals,
            RestoreTurn restores,
            @ConfigProperty(name = "quarkus.http.ssl-port") int tlsPort) {
        this.gate = new RestGate(keys, nonces, clock, refusals);
        this.clock = clock;
        this.restores = restores;
        this.tlsPort = tlsPort;
    }

    /** Before the routes of the resources, whose order is positive, and after them for what none of them takes. */
    void routes(@Observes Router router) {
        router.route(PATHS).order(-1).handler(this::admit);
        router.route(PATHS)
                .order(Integer.MAX_VALUE)
                .handler(exchange -> refuse(exchange, OperationFaults.noSuchPath(exchange.normalizedPath())));
    }

    /** Null where the request did not come through this gate. */
    static @Nullable AccessKey caller(RoutingContext exchange) {
        return exchange.get(CALLER);
    }

    /** A UUID of each request, for logs and refusals; null as for {@link #caller}. */
    static @Nullable String requestId(RoutingContext exchange) {
        return exchange.get(REQUEST_ID);
    }

    private void admit(RoutingContext exchange) {
        Context own = Vertx.currentContext();
        Executor context = task -> own.runOnContext(run -> task.run());
        String requestId = UUID.randomUUID().toString();
        exchange.put(REQUEST_ID, requestId);
        // Whose signature is refused for its date can see by how much its clock is wrong.
        exchange.response().putHeader(HttpHeaders.DATE, DATE.format(clock.instant()));
        if (PlainHttp.canBeOverheard(exchange.request())) {
            gate.refuse(exchange.request(), requestId, OperationFaults.overheard(tlsPort), context)
                    .subscribe()
                    .with(admitted -> {}, failure -> refuse(exchange, failure));
            return;
        }
        boolean restore = exchange.normalizedPath().equals(RESTORE);
        if (restore) {
            try {
                restores.take();
            } catch (RpcFault busy) {
                refuse(exchange, busy);
                return;
            }
            exchange.addEndHandler(ended -> restores.over());
        }
        gate.admit(exchange.request(), requestId, restore ? RESTORE_LIMIT : BODY_LIMIT, context)
                .subscribe()
                .with(
                        admitted -> {
                            exchange.put(CALLER, admitted.caller());
                            ((RoutingContextInternal) exchange).setBody(admitted.body());
                            exchange.next();
                        },
                        failure -> refuse(exchange, failure));
    }

    private static void refuse(RoutingContext exchange, Throwable failure) {
        String requestId = String.valueOf(requestId(exchange));
        if (!(failure instanceof RpcFault)) {
            LOG.error("Whose request " + requestId + " is could not be found out", Undisclosed.of(failure));
        }
        RpcFault fault = failure instanceof RpcFault known ? known : OperationFaults.internal(requestId);
        Problem problem = Problem.of(fault, requestId);
        if (exchange.response().headWritten() || exchange.response().closed()) {
            return;
        }
        if (problem.status() == 401) {
            exchange.response().putHeader("WWW-Authenticate", "ACS3-HMAC-SHA256");
        }
        exchange.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(problem.json())
                .onFailure(gone -> {});
    }
}
