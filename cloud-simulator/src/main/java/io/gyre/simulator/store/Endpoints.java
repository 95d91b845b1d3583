package io.gyre.simulator.store;

import io.gyre.simulator.config.SimulatorConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Which port belongs to which instance, for as long as it lives. */
@Singleton
public class Endpoints {
    private static final int LAST_PORT = 65_535;

    private final SimulatorConfig config;

    @Inject
    public Endpoints(SimulatorConfig config) {
        this.config = config;
    }

    /**
     * The lowest port that neither an instance nor another process has.
     *
     * @throws IllegalStateException where there is none left
     */
    public int allocate(Transaction transaction, String instanceId) {
        transaction.change("LOCK TABLE endpoint IN EXCLUSIVE MODE");
        Set<Integer> taken = new HashSet<>(transaction.list("SELECT port FROM endpoint", row -> row.getInt(1)));
        for (int port = config.firstInstancePort(); port <= LAST_PORT; port++) {
            if (!taken.contains(port) && isFree(port)) {
                transaction.change("INSERT INTO endpoint (port, instance_id) VALUES (?, ?)", port, instanceId);
                return port;
            }
        }
        throw new IllegalStateException("No port from " + config.firstInstancePort() + " upward is free for "
                + instanceId + ": delete an instance, or set gyre.simulator.first-instance-port lower.");
    }

    public void release(Transaction transaction, String instanceId) {
        transaction.change("DELETE FROM endpoint WHERE instance_id = ?", instanceId);
    }

    private boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(config.host(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
