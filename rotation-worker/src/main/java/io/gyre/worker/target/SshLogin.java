package io.gyre.worker.target;

import io.gyre.worker.machine.EcsEffect;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Remedy;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.auth.password.PasswordAuthenticationReporter;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.PublicKeyAuthenticationReporter;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * One login on its way. It offers the one credential by the one method that fits, and remembers what the server said of
 * it: that no method is left at the end may also mean that the server never looked at the credential.
 */
final class SshLogin {
    private static final AttributeRepository.AttributeKey<SshLogin> SELF = new AttributeRepository.AttributeKey<>();

    private final EcsEffect.SshServer server;
    private final StoredValue login;
    private final UniEmitter<? super Trial> emitter;
    private final String user;
    private volatile boolean refused;
    private volatile @Nullable String otherHostKey;

    SshLogin(EcsEffect.SshServer server, StoredValue login, UniEmitter<? super Trial> emitter) {
        this.server = server;
        this.login = login;
        this.emitter = emitter;
        this.user = login.name("UserName");
    }

    void begin(SshClient client) {
        @Nullable KeyPair key = null;
        if (!login.has("Password")) {
            key = privateKey();
            if (key == null) {
                end(unreadableKey());
                return;
            }
        }
        @Nullable KeyPair offered = key;
        try {
            client.connect(user, server.host(), server.port(), AttributeRepository.ofKeyValuePair(SELF, this))
                    .addListener(connected -> connected(connected, offered));
        } catch (IOException | RuntimeException e) {
            end(notReached());
        }
    }

    /** The client asks this at each key exchange; the session's login says what to expect. */
    static boolean verifyHostKey(ClientSession session, SocketAddress address, PublicKey shown) {
        AttributeRepository context = session.getConnectionContext();
        SshLogin self = context == null ? null : context.getAttribute(SELF);
        return self != null && self.accepts(shown);
    }

    private boolean accepts(PublicKey shown) {
        if (server.hostKeySha256().isEmpty()) {
            return true;
        }
        String fingerprint = String.valueOf(KeyUtils.getFingerPrint(BuiltinDigests.sha256, shown));
        if (fingerprint.equals(server.hostKeySha256()) || fingerprint.equals("SHA256:" + server.hostKeySha256())) {
            return true;
        }
        otherHostKey = fingerprint;
        return false;
    }

    private void connected(ConnectFuture connected, @Nullable KeyPair key) {
        if (!connected.isConnected()) {
            end(notReached());
            return;
        }
        ClientSession session = connected.getSession();
        emitter.onTermination(() -> session.close(true));
        session.setUserAuthFactories(List.<UserAuthFactory>of(
                key == null ? UserAuthPasswordFactory.INSTANCE : UserAuthPublicKeyFactory.INSTANCE));
        if (key == null) {
            session.setPasswordAuthenticationReporter(new PasswordAnswer());
            session.addPasswordIdentity(login.secret("Password").reveal());
        } else {
            session.setPublicKeyAuthenticationReporter(new KeyAnswer());
            session.addPublicKeyIdentity(key);
        }
        try {
            session.auth().addListener(authenticated -> authenticated(session, authenticated));
        } catch (IOException | RuntimeException e) {
            end(session, brokenOff());
        }
    }

    private void authenticated(ClientSession session, AuthFuture authenticated) {
        if (authenticated.isSuccess()) {
            end(session, new Trial.LetIn(describe("succeeds.")));
        } else if (refused) {
            end(session, new Trial.TurnedAway(describe("is refused.")));
        } else {
            end(session, brokenOff());
        }
    }

    private Trial brokenOff() {
        String shown = otherHostKey;
        if (shown != null) {
            return undecided(
                    Remedy.ASK_PERSON,
                    "HostKeyMismatch",
                    describe("was not tried: the server shows the host key " + shown + ", and CustomData wants "
                            + server.hostKeySha256() + ". Find out which is right, then retry the rotation."));
        }
        return undecided(
                Remedy.RETRY,
                "LoginBrokeOff",
                describe("did not come about: the server broke off, or does not offer this kind of login."));
    }

    private Trial notReached() {
        return undecided(Remedy.RETRY, "SshNotReached", describe("did not come about: the server was not reached."));
    }

    private static Trial undecided(Remedy remedy, String code, String what) {
        return new Trial.Undecided(new Refused(remedy, code, what));
    }

    private static Trial unreadableKey() {
        return undecided(
                Remedy.ASK_PERSON,
                "UnreadableSecretValue",
                "The stored PrivateKey is no private key in PEM without a passphrase: delete the secret and create it"
                        + " again with one.");
    }

    /** PKCS#1, PKCS#8 or OpenSSH's own form; null where it is none. */
    private @Nullable KeyPair privateKey() {
        byte[] pem = login.secret("PrivateKey").revealBytes();
        try {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName("the stored PrivateKey"), new ByteArrayInputStream(pem), null);
            return pairs == null ? null : pairs.iterator().next();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The parser's message may quote what it could not read.
            return null;
        }
    }

    private String describe(String what) {
        return "An SSH login as " + user + " at " + server.host() + ":" + server.port() + " " + what;
    }

    private void end(Trial trial) {
        emitter.complete(trial);
    }

    private void end(ClientSession session, Trial trial) {
        session.close(true);
        emitter.complete(trial);
    }

    private final class PasswordAnswer implements PasswordAuthenticationReporter {
        @Override
        public void signalAuthenticationFailure(
                ClientSession session, String service, String password, boolean partial, List<String> methods) {
            // Partial: the password is right, and the server wants something else besides.
            refused = !partial;
        }
    }

    private final class KeyAnswer implements PublicKeyAuthenticationReporter {
        @Override
        public void signalAuthenticationFailure(
                ClientSession session, String service, KeyPair key, boolean partial, List<String> methods) {
            refused = !partial;
        }
    }
}
