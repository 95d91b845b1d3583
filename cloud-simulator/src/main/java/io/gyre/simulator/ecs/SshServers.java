package io.gyre.simulator.ecs;

import io.gyre.simulator.config.SimulatorConfig;
import io.gyre.simulator.store.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;

/** The SSH servers of all running instances, one port each. */
@Singleton
public class SshServers {
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);
    private static final Duration AUTHENTICATION_LIMIT = Duration.ofSeconds(30);

    private final SimulatorConfig config;
    private final Database database;
    private final HostKeys hostKeys;
    private final Logins logins;
    private final Map<String, SshServer> open = new ConcurrentHashMap<>();

    @Inject
    SshServers(SimulatorConfig config, Database database, HostKeys hostKeys, Logins logins) {
        this.config = config;
        this.database = database;
        this.hostKeys = hostKeys;
        this.logins = logins;
    }

    private record Stored(String instance, int port, String sealedHostKey) {}

    /** Opens those of all instances that were running when the simulator was last stopped. */
    public void openAll() {
        database.inTransaction(transaction -> transaction.list(
                        """
                        SELECT instance_id, port, sealed_host_key FROM ecs_instance JOIN endpoint USING (instance_id)
                         WHERE status = ? ORDER BY port""",
                        row -> new Stored(row.getString(1), row.getInt(2), row.getString(3)),
                        EcsInstances.RUNNING))
                .forEach(stored -> open(stored.instance(), stored.port(), stored.sealedHostKey()));
    }

    /**
     * Returns once it listens.
     *
     * @throws UncheckedIOException where the port is taken
     */
    void open(String instance, int port, String sealedHostKey) {
        open.computeIfAbsent(instance, absent -> {
            SshServer server = server(instance, hostKeys.open(instance, sealedHostKey));
            server.setHost(config.host());
            server.setPort(port);
            try {
                server.start();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "Port " + port + ", which belongs to the instance " + instance
                                + ", cannot be opened: end the process that has it.",
                        e);
            }
            return server;
        });
    }

    /** Ends its connections as well. */
    void close(String instance) {
        SshServer server = open.remove(instance);
        if (server != null) {
            try {
                server.stop(true);
            } catch (IOException e) {
                throw new UncheckedIOException("The SSH server of " + instance + " did not stop", e);
            }
        }
    }

    public void closeAll() {
        Set.copyOf(open.keySet()).forEach(this::close);
    }

    /** Logins and short commands only: no shell, no forwarding, no file transfer. */
    private SshServer server(String instance, KeyPair hostKey) {
        SshServer server = SshServer.setUpDefaultServer();
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setUserAuthFactories(List.of(new UserAuthPublicKeyFactory(), new UserAuthPasswordFactory()));
        server.setPasswordAuthenticator((user, password, session) -> logins.byPassword(instance, user, password));
        server.setPublickeyAuthenticator((user, key, session) -> logins.byKey(instance, user, LoginKey.of(key)));
        server.setShellFactory(null);
        server.setCommandFactory(new HarmlessCommands());
        server.setNioWorkers(1);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, IDLE_LIMIT);
        CoreModuleProperties.AUTH_TIMEOUT.set(server, AUTHENTICATION_LIMIT);
        return server;
    }
}
