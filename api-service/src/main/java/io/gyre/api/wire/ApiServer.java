package io.gyre.api.wire;

import io.gyre.rpc.AccessKeys;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcApi;
import io.gyre.rpc.RpcGateway;
import io.gyre.rpc.RpcServer;
import io.gyre.rpc.RpcServerOptions;
import io.gyre.rpc.ServerTls;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The KMS endpoint: every action of the service behind one gateway, on a server of its own. */
@ApplicationScoped
public class ApiServer {
    private static final String PRODUCT = "Kms";
    private static final String VERSION = "2016-01-20";

    private final Endpoint endpoint;
    private final RpcServer server;
    private volatile int port;

    ApiServer(
            Vertx vertx,
            Endpoint endpoint,
            AccessKeys keys,
            Throttle throttle,
            Authorization authorization,
            DatabaseOutage outage,
            InstantSource clock,
            @All List<RpcAction> actions) {
        this.endpoint = endpoint;
        List<RpcAction> guarded = actions.stream()
                .<RpcAction>map(action -> new GuardedAction(action, throttle, authorization, outage))
                .toList();
        RpcGateway gateway = new RpcGateway(List.of(new RpcApi(PRODUCT, VERSION, guarded)), keys, clock);
        this.server = new RpcServer(
                vertx,
                new RpcServerOptions(endpoint.host(), endpoint.port(), certificate(endpoint), endpoint.eventLoops()),
                gateway);
    }

    /** Completes once requests are answered; fails where the port is taken or the certificate is unreadable. */
    public Uni<Void> start() {
        return server.start().invoke(bound -> port = bound).replaceWithVoid();
    }

    public Uni<Void> close() {
        return server.close();
    }

    /** The port that it listens on; 0 before it does. */
    public int port() {
        return port;
    }

    /** As a client is told it: {@code host:port}. */
    public String address() {
        return endpoint.host() + ":" + port;
    }

    private static @Nullable ServerTls certificate(Endpoint endpoint) {
        return endpoint.tls()
                .<ServerTls>map(tls -> new ServerTls.Pem(tls.certificate(), tls.key()))
                .orElse(null);
    }
}
