package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.auth.password.PasswordAuthenticationReporter;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.PublicKeyAuthenticationReporter;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** Logins to an ECS instance over SSH, with one credential and nothing else. */
record SshLogin(String host, int port) {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    /**
     * @param credential with UserName, and PrivateKey or Password
     * @throws PlatformException if the server answered neither yes nor no
     */
    boolean letsIn(JsonNode credential) {
        String user = credential.path("UserName").asText();
        return credential.hasNonNull("PrivateKey")
                ? letsIn(user, SshKeys.ofPem(credential.path("PrivateKey").asText()))
                : letsIn(user, credential.path("Password").asText());
    }

    boolean letsIn(String user, KeyPair key) {
        return letsIn(user, UserAuthPublicKeyFactory.INSTANCE, session -> session.addPublicKeyIdentity(key));
    }

    boolean letsIn(String user, String password) {
        return letsIn(user, UserAuthPasswordFactory.INSTANCE, session -> session.addPasswordIdentity(password));
    }

    private boolean letsIn(String user, UserAuthFactory method, Consumer<ClientSession> offer) {
        try (SshClient client = SshClient.setUpDefaultClient()) {
            // The instance was made a moment ago on this machine's loopback address: there is no host key to know yet.
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.setUserAuthFactories(List.of(method));
            client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
            client.start();
            try (ClientSession session =
                    client.connect(user, host, port).verify(WITHIN).getSession()) {
                offer.accept(session);
                return answered(session);
            }
        } catch (IOException e) {
            throw new PlatformException("the SSH server at port " + port + " does not answer");
        }
    }

    private static boolean answered(ClientSession session) throws IOException {
        AtomicBoolean refused = new AtomicBoolean();
        session.setPublicKeyAuthenticationReporter(new PublicKeyAuthenticationReporter() {
            @Override
            public void signalAuthenticationFailure(
                    ClientSession asked, String service, KeyPair key, boolean partial, List<String> methods) {
                refused.set(!partial);
            }
        });
        session.setPasswordAuthenticationReporter(new PasswordAuthenticationReporter() {
            @Override
            public void signalAuthenticationFailure(
                    ClientSession asked, String service, String password, boolean partial, List<String> methods) {
                refused.set(!partial);
            }
        });
        try {
            session.auth().verify(WITHIN);
        } catch (SshException e) {
            if (refused.get()) {
                return false;
            }
            // The server did not look at the credential, or the connection broke: that is no answer.
            throw e;
        }
        return !session.executeRemoteCommand("whoami").isBlank();
    }
}
