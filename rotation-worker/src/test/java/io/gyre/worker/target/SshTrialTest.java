package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.gyre.worker.candidate.Candidates;
import io.gyre.worker.machine.EcsEffect;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Recipe;
import io.gyre.worker.machine.Remedy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshTrialTest {
    private static final SecretText PASSWORD = SecretText.of("{\"UserName\":\"app\",\"Password\":\"hunter2\"}");

    private final SshTrial ssh = SshTrial.start();
    private final TestSshServer server = new TestSshServer();

    @AfterEach
    void stop() {
        ssh.close();
        server.close();
    }

    private Trial trial(SecretText login, EcsEffect.SshServer address) {
        return ssh.of(address, StoredValue.of(login)).await().atMost(TestCloud.SOON);
    }

    private Trial trial(SecretText login) {
        return trial(login, server.address());
    }

    private static Refused undecided(Trial trial) {
        return assertInstanceOf(
                Refused.class, assertInstanceOf(Trial.Undecided.class, trial).outcome());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMintedKeyLogsInOnceItIsAdded(boolean ed25519) {
        SecretText key = new Candidates(new SecureRandom())
                .make(new Recipe.EcsKeyPair("app", ed25519))
                .value();

        assertInstanceOf(Trial.TurnedAway.class, trial(key));
        server.withKey(StoredValue.of(key).name("PublicKey"));
        assertInstanceOf(Trial.LetIn.class, trial(key));
    }

    @Test
    void aPrivateKeyInPkcs1LogsIn() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        server.withKey(PublicKeyEntry.toString(pair.getPublic()));
        // PKCS#8 wraps PKCS#1, which for RSA of 2048 bits begins after 26 bytes.
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        String pem = "-----BEGIN RSA PRIVATE KEY-----\\n"
                + Base64.getEncoder().encodeToString(Arrays.copyOfRange(pkcs8, 26, pkcs8.length))
                + "\\n-----END RSA PRIVATE KEY-----\\n";

        assertInstanceOf(
                Trial.LetIn.class, trial(SecretText.of("{\"UserName\":\"app\",\"PrivateKey\":\"" + pem + "\"}")));
    }

    @Test
    void anEd25519KeyInPkcs8LogsIn() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] x509 = pair.getPublic().getEncoded();
        byte[] blob = new byte[4 + 11 + 4 + 32];
        blob[3] = 11;
        System.arraycopy("ssh-ed25519".getBytes(StandardCharsets.US_ASCII), 0, blob, 4, 11);
        blob[18] = 32;
        System.arraycopy(x509, x509.length - 32, blob, 19, 32);
        server.withKey("ssh-ed25519 " + Base64.getEncoder().encodeToString(blob));
        String pem = "-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\\n-----END PRIVATE KEY-----\\n";

        assertInstanceOf(
                Trial.LetIn.class, trial(SecretText.of("{\"UserName\":\"app\",\"PrivateKey\":\"" + pem + "\"}")));
    }

    @Test
    void aPasswordIsLetInOrTurnedAway() {
        server.withPassword("hunter2");
        assertInstanceOf(Trial.LetIn.class, trial(PASSWORD));
        server.withPassword("another");
        assertInstanceOf(Trial.TurnedAway.class, trial(PASSWORD));
    }

    @Test
    void aServerThatTakesNoPasswordsProvesNothingAboutOne() {
        server.withoutPasswords();
        assertEquals(Remedy.RETRY, undecided(trial(PASSWORD)).remedy());
    }

    @Test
    void aServerThatIsNotReachedProvesNothing() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertEquals(
                "SshNotReached",
                undecided(trial(PASSWORD, new EcsEffect.SshServer("127.0.0.1", free, "")))
                        .code());
        assertEquals(
                "SshNotReached",
                undecided(trial(PASSWORD, new EcsEffect.SshServer("no-such-host.invalid", 22, "")))
                        .code());
    }

    @Test
    void aServerThatHangsUpProvesNothing() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread closing = new Thread(() -> {
                try {
                    socket.accept().close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            closing.start();
            var address = new EcsEffect.SshServer("127.0.0.1", socket.getLocalPort(), "");
            assertEquals(Remedy.RETRY, undecided(trial(PASSWORD, address)).remedy());
        }
    }

    @Test
    void aSilentServerProvesNothingAndItsConnectionIsClosed() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SshTrial impatient = SshTrial.start(Duration.ofMillis(200))) {
            var address = new EcsEffect.SshServer("127.0.0.1", socket.getLocalPort(), "");
            Trial trial =
                    impatient.of(address, StoredValue.of(PASSWORD)).await().atMost(TestCloud.SOON);
            assertEquals(Remedy.RETRY, undecided(trial).remedy());

            Socket accepted = socket.accept();
            accepted.setSoTimeout((int) TestCloud.SOON.toMillis());
            assertNotNull(accepted.getInputStream().readAllBytes(), "the client's greeting, up to the end");
        }
    }

    @Test
    void aSessionLivesForOneLogin() throws Exception {
        server.withPassword("hunter2");
        assertInstanceOf(Trial.LetIn.class, trial(PASSWORD));

        server.sessionClosed().get(TestCloud.SOON.toSeconds(), TimeUnit.SECONDS);
        assertTrue(server.sessionClosed().isDone());
    }

    @Test
    void theHostKeyMustBeTheOneThatWasGiven() {
        server.withPassword("hunter2");
        assertInstanceOf(Trial.LetIn.class, trial(PASSWORD, server.address(server.hostKeySha256())));

        Refused other = undecided(trial(PASSWORD, server.address("SHA256:" + "A".repeat(43))));
        assertEquals(Remedy.ASK_PERSON, other.remedy());
        assertTrue(other.what().contains(server.hostKeySha256()), other.what());
    }

    @Test
    void aKeyThatCannotBeReadNeedsAPersonAndIsNotQuoted() {
        Refused refused =
                undecided(trial(SecretText.of("{\"UserName\":\"app\",\"PrivateKey\":\"hunter2 is no PEM\"}")));
        assertEquals(Remedy.ASK_PERSON, refused.remedy());
        assertFalse(refused.toString().contains("hunter2"));
    }
}
