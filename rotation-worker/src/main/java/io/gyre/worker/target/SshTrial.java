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
    static final Duration LIMIT = Duration.ofSeconds(8);

    private static final int THREADS = 2;

    private final SshClient client;

    private SshTrial(SshClient client) {
        this.client = client;
    }

    /** A client that knows no host, key or setting of the account it runs under. */
    public static SshTrial start() {
        SshClient client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setAgentFactory(null);
        client.setServerKeyVerifier(SshLogin::verifyHostKey);
        CoreModuleProperties.NIO_WORKERS.set(client, THREADS);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, LIMIT);
        client.start();
        return new SshTrial(client);
    }

    Uni<Trial> of(EcsEffect.SshServer server, StoredValue login) {
        return Uni.createFrom()
                .<Trial>emitter(emitter -> new SshLogin(server, login, emitter).begin(client))
                // To look the host's name up and to read a key takes the thread.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(LIMIT)
                .recoverWithItem(() -> new Trial.Undecided(new Refused(
                        Remedy.RETRY,
                        "LoginTimedOut",
                        "An SSH login at " + server.host() + ":" + server.port() + " took more than " + LIMIT + ".")));
    }

    /** Breaks off what is on its way. */
    @Override
    public void close() {
        client.stop();
    }
}
