package io.gyre.simulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** A customer with an SSH client. */
final class Ssh {
    private static final Duration SOON = Duration.ofSeconds(20);

    private Ssh() {}

    static KeyPair rsa() {
        return generate("RSA", 2048);
    }

    static KeyPair ed25519() {
        return generate(SecurityUtils.EDDSA, 255);
    }

    private static KeyPair generate(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = SecurityUtils.getKeyPairGenerator(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String line(KeyPair key) {
        return PublicKeyEntry.toString(key.getPublic());
    }

    static boolean opens(int port, String user, KeyPair key) {
        return opens(port, user, session -> session.addPublicKeyIdentity(key));
    }

    static boolean opens(int port, String user, String password) {
        return opens(port, user, session -> session.addPasswordIdentity(password));
    }

    private static boolean opens(int port, String user, Consumer<ClientSession> identity) {
        try (SshClient client = client(new AtomicReference<>());
                ClientSession session = session(client, port, user, identity)) {
            return session.auth().verify(SOON).isSuccess();
        } catch (SshException refused) {
            assertTrue(refused.getMessage().contains("No more authentication methods"), refused.getMessage());
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String run(int port, String user, KeyPair key, String command) {
        return run(port, user, session -> session.addPublicKeyIdentity(key), command);
    }

    static String run(int port, String user, String password, String command) {
        return run(port, user, session -> session.addPasswordIdentity(password), command);
    }

    private static String run(int port, String user, Consumer<ClientSession> identity, String command) {
        try (SshClient client = client(new AtomicReference<>());
                ClientSession session = session(client, port, user, identity)) {
            session.auth().verify(SOON);
            try (var channel = session.createExecChannel(command)) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                channel.setOut(out);
                channel.open().verify(SOON);
                channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SOON);
                return out.toString(StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By which the server says who it is. */
    static String hostKey(int port) {
        AtomicReference<PublicKey> seen = new AtomicReference<>();
        try (SshClient client = client(seen);
                ClientSession session = session(client, port, "root", none -> {})) {
            session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.WAIT_AUTH), SOON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PublicKeyEntry.toString(seen.get());
    }

    private static SshClient client(AtomicReference<PublicKey> hostKey) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((session, address, key) -> {
            hostKey.set(key);
            return true;
        });
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.start();
        return client;
    }

    private static ClientSession session(SshClient client, int port, String user, Consumer<ClientSession> identity)
            throws IOException {
        ClientSession session =
                client.connect(user, "127.0.0.1", port).verify(SOON).getSession();
        identity.accept(session);
        return session;
    }
}
