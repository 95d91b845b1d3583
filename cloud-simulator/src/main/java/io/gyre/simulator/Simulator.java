package io.gyre.simulator;

import io.gyre.rpc.RecentNonces;
import io.gyre.rpc.RefusedCalls;
import io.gyre.rpc.RpcGateway;
import io.gyre.rpc.RpcServer;
import io.gyre.rpc.RpcServerOptions;
import io.gyre.simulator.account.CloudAccessKeys;
import io.gyre.simulator.config.SimulatorConfig;
import io.gyre.simulator.due.DueLoop;
import io.gyre.simulator.ecs.Invocations;
import io.gyre.simulator.ecs.SshServers;
import io.gyre.simulator.rds.InstanceFronts;
import io.gyre.simulator.rds.RdsChanges;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens and closes the account: first what instances it has, then what is due, last the API. */
@Singleton
public class Simulator {
    private static final Logger LOG = System.getLogger(Simulator.class.getName());
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final SimulatorConfig config;
    private final Vertx vertx;
    private final Products products;
    private final CloudAccessKeys keys;
    private final InstanceFronts fronts;
    private final SshServers sshServers;
    private final DueLoop loop;
    private final RdsChanges changes;
    private final Invocations invocations;
    private volatile @Nullable Api api;

    Simulator(
            SimulatorConfig config,
            Vertx vertx,
            Products products,
            CloudAccessKeys keys,
            InstanceFronts fronts,
            SshServers sshServers,
            DueLoop loop,
            RdsChanges changes,
            Invocations invocations) {
        this.config = config;
        this.vertx = vertx;
        this.products = products;
        this.keys = keys;
        this.fronts = fronts;
        this.sshServers = sshServers;
        this.loop = loop;
        this.changes = changes;
        this.invocations = invocations;
    }

    private record Api(RpcServer server, int port) {}

    /** Where the API listens; empty while it does not. */
    public @Nullable Integer port() {
        Api running = api;
        return running == null ? null : running.port();
    }

    void begin(@Observes StartupEvent event) {
        open();
    }

    void end(@Observes ShutdownEvent event) throws InterruptedException {
        close();
    }

    void open() {
        fronts.openAll();
        sshServers.openAll();
        loop.start(List.of(changes, invocations));
        RpcGateway gateway = new RpcGateway(
                products.apis(),
                keys,
                new RecentNonces(InstantSource.system()),
                InstantSource.system(),
                RefusedCalls.UNTOLD);
        RpcServer server = new RpcServer(vertx, RpcServerOptions.plain(config.host(), config.port()), gateway);
        int port = server.start().await().atMost(START_LIMIT);
        api = new Api(server, port);
        LOG.log(Level.INFO, "The simulated cloud answers at http://{0}:{1}", config.host(), Integer.toString(port));
    }

    void close() throws InterruptedException {
        Api running = api;
        api = null;
        if (running != null) {
            running.server().close().await().atMost(START_LIMIT);
        }
        loop.stop();
        sshServers.closeAll();
        fronts.closeAll();
    }
}
