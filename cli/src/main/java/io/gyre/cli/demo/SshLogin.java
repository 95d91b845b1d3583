package io.gyre.cli.demo;

import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.PublicKeyAuthenticationReporter;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** Logins to an ECS instance over SSH, with a key and nothing else. */
record SshLogin(String host, int port) {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    /** @throws PlatformException if the server answered neither yes nor no */
    boolean letsIn(String user, KeyPair key) {
        try (SshClient client = SshClient.setUpDefaultClient()) {
            // The instance was made a moment ago on this machine's loopback address: there is no host key to know yet.
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
            client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            client.start();
            try (ClientSession session =
                    client.connect(user, host, port).verify(WITHIN).getSession()) {
                session.addPublicKeyIdentity(key);
                return answered(session, new Refusal());
            }
        } catch (IOException e) {
            throw new PlatformException("the SSH server at port " + port + " does not answer");
        }
    }

    private boolean answered(ClientSession session, Refusal refusal) throws IOException {
        session.setPublicKeyAuthenticationReporter(refusal);
        try {
            session.auth().verify(WITHIN);
        } catch (SshException e) {
            if (refusal.heard) {
                return false;
            }
            // The connection broke: that is no answer.
            throw e;
        }
        return !session.executeRemoteCommand("whoami").isBlank();
    }

    /** Hears whether the server looked at the key and did not want it. */
    private static final class Refusal implements PublicKeyAuthenticationReporter {
        private volatile boolean heard;

        @Override
        public void signalAuthenticationFailure(
                ClientSession session, String service, KeyPair key, boolean partial, List<String> methods) {
            heard = !partial;
        }
    }
}
