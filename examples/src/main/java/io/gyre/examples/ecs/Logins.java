package io.gyre.examples.ecs;

import io.gyre.examples.Application;
import io.gyre.examples.Credential;
import io.gyre.examples.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Logs in to an ECS instance over SSH with a password or a private key, whichever the secret holds, and runs a command there. */
final class Logins implements Application {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final String host;
    private final int port;
    private final SshClient client = SshClient.setUpDefaultClient();

    Logins(String host, int port) {
        this.host = host;
        this.port = port;
        // The instance was made a moment ago on this machine's loopback address: there is no host key to know yet.
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        // Not those of the person whose machine this is.
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.start();
    }

    @Override
    public void use(Credential login) throws IOException, GeneralSecurityException, Refused {
        try (ClientSession session =
                client.connect(name(login), host, port).verify(WITHIN).getSession()) {
            if (login.field("PrivateKey").isEmpty()) {
                session.addPasswordIdentity(login.field("Password"));
            } else {
                session.addPublicKeyIdentity(keyPair(login));
            }
            session.auth().verify(WITHIN);
            session.executeRemoteCommand("whoami");
        } catch (SshException e) {
            if (e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
                throw new Refused("The SSH server at port " + port + " refused " + name(login) + " with what version "
                        + login.versionId() + " holds.");
            }
            throw e;
        }
    }

    private static KeyPair keyPair(Credential login) throws IOException, GeneralSecurityException {
        byte[] pem = login.field("PrivateKey").getBytes(StandardCharsets.UTF_8);
        return SecurityUtils.loadKeyPairIdentities(
                        null, NamedResource.ofName("PrivateKey"), new ByteArrayInputStream(pem), null)
                .iterator()
                .next();
    }

    @Override
    public String name(Credential login) {
        return login.field("UserName");
    }

    @Override
    public void close() {
        client.stop();
    }
}
