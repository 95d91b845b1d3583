package io.gyre.api.wire;

import io.gyre.api.calendar.LocalPlatform;
import io.gyre.rpc.AccessKeys;
import io.gyre.rpc.CertificateRenewal;
import io.gyre.rpc.HttpCall;
import io.gyre.rpc.HttpGateway;
import io.gyre.rpc.Loopback;
import io.gyre.rpc.RefusedCalls;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcApi;
import io.gyre.rpc.RpcGateway;
import io.gyre.rpc.RpcServer;
import io.gyre.rpc.RpcServerOptions;
import io.gyre.rpc.ServerTls;
import io.gyre.rpc.UsedNonces;
import io.gyre.start.StartRefusal;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The endpoint: every action of KMS, RAM and STS behind one gateway, and other dialects of theirs, on a server of its own. */
@ApplicationScoped
public class ApiServer {
    private static final String LOOPBACK = "127.0.0.1";

    private final Endpoint endpoint;
    private final boolean localPlatform;
    private final RpcServer server;
    private final List<RpcServer> plain;
    private final Optional<CertificateRenewal> renewal;
    private volatile int port;
    private volatile boolean listens;

    ApiServer(
            Vertx vertx,
            Endpoint endpoint,
            LocalPlatform platform,
            AccessKeys keys,
            UsedNonces nonces,
            Guard guard,
            RefusedCalls refusals,
            InstantSource clock,
            @All List<Dialect> dialects,
            @All @Default List<RpcAction> kms,
            @All @RamApi List<RpcAction> ram,
            @All @StsApi List<RpcAction> sts) {
        this.endpoint = endpoint;
        this.localPlatform = platform.localPlatform();
        RpcGateway rpc = new RpcGateway(
                List.of(
                        api("Kms", "2016-01-20", kms, guard),
                        api("Ram", "2015-05-01", ram, guard),
                        api("Sts", "2015-04-01", sts, guard)),
                keys,
                nonces,
                clock,
                refusals);
        HttpGateway gateway = (call, context) -> spoken(call, dialects, rpc).answer(call, context);
        this.server = new RpcServer(
                vertx,
                new RpcServerOptions(endpoint.host(), endpoint.port(), certificate(endpoint), endpoint.eventLoops()),
                gateway);
        this.renewal = endpoint.tls().map(tls -> new CertificateRenewal(vertx, pem(tls), List.of(server)));
        this.plain = endpoint.plainPort().stream()
                .map(plainPort -> new RpcServerOptions(LOOPBACK, plainPort, null, endpoint.eventLoops()))
                .map(options -> new RpcServer(vertx, options, gateway))
                .toList();
    }

    private static HttpGateway spoken(HttpCall call, List<Dialect> dialects, HttpGateway rpc) {
        for (Dialect dialect : dialects) {
            if (dialect.isSpokenIn(call)) {
                return dialect;
            }
        }
        return rpc;
    }

    private static RpcApi api(String product, String version, List<RpcAction> actions, Guard guard) {
        return new RpcApi(product, version, actions.stream().map(guard::before).toList());
    }

    /**
     * Completes once requests are answered.
     *
     * @return fails where a port is taken or the certificate is unreadable, and with a {@link StartRefusal} where plain
     *     HTTP is wanted outside the local platform, or beyond the loopback address
     */
    public Uni<Void> start() {
        if (endpoint.tls().isEmpty() && !(localPlatform && Loopback.isMeantBy(endpoint.host()))) {
            throw new StartRefusal("The KMS API would be served by plain HTTP at " + endpoint.host()
                    + ": name a certificate and its key with GYRE_API_TLS_CERTIFICATE and GYRE_API_TLS_KEY. Only the"
                    + " local platform (GYRE_LOCAL_PLATFORM=true) may do without, on the loopback address.");
        }
        if (!plain.isEmpty() && !localPlatform) {
            throw new StartRefusal(
                    "GYRE_API_PLAIN_PORT is set: only the local platform (GYRE_LOCAL_PLATFORM=true) serves"
                            + " the KMS API by plain HTTP beside TLS.");
        }
        return server.start()
                .invoke(bound -> port = bound)
                .chain(() -> all(RpcServer::start))
                .invoke(() -> renewal.ifPresent(each -> each.start(endpoint.tlsRenewalCheck())))
                .invoke(() -> listens = true)
                .replaceWithVoid();
    }

    /** Goes on answering; each answer is the last of its connection. */
    public void announceClose() {
        server.announceClose();
        plain.forEach(RpcServer::announceClose);
    }

    /** Completes once what it had begun is answered, or would take too long. */
    public Uni<Void> close() {
        listens = false;
        renewal.ifPresent(CertificateRenewal::stop);
        return server.close().chain(() -> all(RpcServer::close)).replaceWithVoid();
    }

    private Uni<Void> all(Function<RpcServer, Uni<?>> work) {
        Uni<?> done = Uni.createFrom().voidItem();
        for (RpcServer each : plain) {
            done = done.chain(() -> work.apply(each));
        }
        return done.replaceWithVoid();
    }

    /** Whether requests are answered: from the end of the start until it is closed. */
    public boolean listens() {
        return listens;
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
        return endpoint.tls().<ServerTls>map(ApiServer::pem).orElse(null);
    }

    private static ServerTls.Pem pem(Endpoint.Tls tls) {
        return new ServerTls.Pem(tls.certificate(), tls.key());
    }
}
