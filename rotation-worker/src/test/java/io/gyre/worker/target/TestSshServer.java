package io.gyre.worker.target;

import io.gyre.worker.machine.EcsEffect;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/** An SSH server on the loopback with one account, app, whose password and keys a test sets. */
public final class TestSshServer implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();
    private final AtomicReference<String> password = new AtomicReference<>("");
    private final CompletableFuture<Void> sessionClosed = new CompletableFuture<>();
    private final Set<PublicKey> keys = ConcurrentHashMap.newKeySet();

    public TestSshServer() {
        server.setHost("127.0.0.1");
        SimpleGeneratorHostKeyProvider hostKeys = new SimpleGeneratorHostKeyProvider();
        hostKeys.setAlgorithm(KeyUtils.EC_ALGORITHM);
        hostKeys.setKeySize(256);
        server.setKeyPairProvider(hostKeys);
        server.setPasswordAuthenticator((user, given, session) -> user.equals("app") && given.equals(password.get()));
        server.setPublickeyAuthenticator((user, key, session) ->
                user.equals("app") && keys.stream().anyMatch(allowed -> KeyUtils.compareKeys(allowed, key)));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionClosed(Session session) {
                sessionClosed.complete(null);
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public TestSshServer withPassword(String value) {
        password.set(value);
        return this;
    }

    /** @param line as in authorized_keys */
    public TestSshServer withKey(String line) {
        try {
            keys.add(AuthorizedKeyEntry.parseAuthorizedKeyEntry(line)
                    .resolvePublicKey(null, PublicKeyEntryResolver.FAILING));
            return this;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    TestSshServer withoutPasswords() {
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        return this;
    }

    public EcsEffect.SshServer address() {
        return address("");
    }

    EcsEffect.SshServer address(String hostKeySha256) {
        return new EcsEffect.SshServer("127.0.0.1", server.getPort(), hostKeySha256);
    }

    String hostKeySha256() {
        try {
            return KeyUtils.getFingerPrint(
                    BuiltinDigests.sha256,
                    server.getKeyPairProvider().loadKeys(null).iterator().next().getPublic());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Once a session has ended. */
    CompletableFuture<Void> sessionClosed() {
        return sessionClosed;
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
