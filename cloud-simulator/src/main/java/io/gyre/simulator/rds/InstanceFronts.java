package io.gyre.simulator.rds;

import io.gyre.simulator.config.SimulatorConfig;
import io.gyre.simulator.store.Database;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** The listening ports of all database instances. */
@Singleton
public class InstanceFronts {
    private final SimulatorConfig config;
    private final Database database;
    private final Vertx vertx;
    private final NetClient server;
    private final Map<String, NetServer> open = new ConcurrentHashMap<>();

    @Inject
    public InstanceFronts(SimulatorConfig config, Database database, Vertx vertx) {
        this.config = config;
        this.database = database;
        this.vertx = vertx;
        this.server = vertx.createNetClient();
    }

    private record Stored(String instance, int port) {}

    /** Opens those of all instances that were running when the simulator was last stopped. */
    public void openAll() {
        database.inTransaction(transaction -> transaction.list("""
                        SELECT instance_id, port FROM rds_instance JOIN endpoint USING (instance_id)
                         WHERE status <> 'Creating' ORDER BY port""", row -> new Stored(row.getString(1), row.getInt(2))))
                .forEach(stored -> open(stored.instance(), stored.port()));
    }

    /**
     * Returns once it listens. An instance that is open already stays as it is.
     *
     * @throws IllegalStateException where the port is taken
     */
    void open(String instance, int port) {
        open.computeIfAbsent(instance, absent -> {
            NetServer front = vertx.createNetServer().connectHandler(client -> new InstanceFront(
                            vertx, server, config.db().host(), config.db().port(), instance, client)
                    .begin());
            try {
                return front.listen(port, config.host())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
            } catch (CompletionException e) {
                throw new IllegalStateException(
                        "Port " + port + ", which belongs to the instance " + instance
                                + ", cannot be opened: end the process that has it.",
                        e);
            }
        });
    }

    /** Ends its connections as well. */
    void close(String instance) {
        NetServer front = open.remove(instance);
        if (front != null) {
            front.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    public void closeAll() {
        Set.copyOf(open.keySet()).forEach(this::close);
    }
}
