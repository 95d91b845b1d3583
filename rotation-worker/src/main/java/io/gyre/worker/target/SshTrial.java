package io.gyre.worker.target;

import io.gyre.worker.machine.EcsEffect;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Remedy;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** Tries a login of an instance over SSH. One client for all: it keeps two threads, and a session lives for one login. */
public final class SshTrial implements AutoCloseable {
    /** For all of a login; the effect's own time-out is longer. */
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private static final int THREADS = 2;

    private final SshClient client;
    private final Duration limit;

    private SshTrial(SshClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    /** A client that knows no host, key or setting of the account it runs under. */
    public static SshTrial start() {
        return start(LIMIT);
    }

    static SshTrial start(Duration limit) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setAgentFactory(null);
        client.setServerKeyVerifier(SshLogin::verifyHostKey);
        CoreModuleProperties.NIO_WORKERS.set(client, THREADS);
        CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, limit);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, limit);
        client.start();
        return new SshTrial(client, limit);
    }

    Uni<Trial> of(EcsEffect.SshServer server, StoredValue login) {
        return Uni.createFrom()
                .<Trial>emitter(emitter -> new SshLogin(server, login, emitter).begin(client))
                // To look the host's name up and to read a key takes the thread.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(limit)
                .recoverWithItem(() -> new Trial.Undecided(new Refused(
                        Remedy.RETRY,
                        "LoginTimedOut",
                        "An SSH login at " + server.host() + ":" + server.port() + " took more than " + limit + ".")));
    }

    /** Breaks off what is on its way. */
    @Override
    public void close() {
        client.stop();
    }
}
