package io.gyre.api.rootkey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.ApiProcess;
import io.gyre.envelope.Envelope;
import io.gyre.envelope.RootKey;
import io.gyre.envelope.RootKeys;
import io.gyre.envelope.TokenKey;
import io.gyre.envelope.WrappedRootKey;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.secret.SecretText;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program through a rotation of its root key: started with one, with both, killed on the way, and with the other. */
class RootKeyRotationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String PATH = "/operations/v1/root-keys";

    /** More than three batches. */
    private static final int KEYS = 3 * RootKeyRotation.BATCH + 50;

    private final TestPostgres.Database database = TestPostgres.freshDatabase();

    @TempDir
    Path folder;

    private Path former;
    private Path next;

    @BeforeEach
    void twoRootKeys() throws Exception {
        former = rootKey("former.key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        next = rootKey("next.key", "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=");
    }

    private Path rootKey(String name, String base64) throws Exception {
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, base64);
    }

    private static String id(Path file) {
        return RootKey.inFile(file).id().hex();
    }

    private ApiProcess with(String name, Path rootKey) throws Exception {
        return new ApiProcess(database, folder, folder.resolve(name)).with("GYRE_ROOT_KEY_FILE", rootKey.toString());
    }

    private static ApiProcess ready(ApiProcess process) throws Exception {
        process.start();
        await().atMost(PATIENCE).until(() -> process.isReady() || !process.isAlive());
        assertTrue(process.isAlive(), process::log);
        return process;
    }

    private static void expectRefusal(ApiProcess refused, String sentence) throws Exception {
        try (ApiProcess process = refused.start()) {
            assertEquals(1, process.exit(), process::log);
            assertTrue(
                    process.log()
                            .lines()
                            .anyMatch(
                                    line -> line.startsWith("api-service did not start: ") && line.contains(sentence)),
                    process::log);
        }
    }

    private static String value(ApiProcess process) throws Exception {
        return process.client("http")
                .getSecretValue(new GetSecretValueRequest().setSecretName("kept"))
                .getBody()
                .getSecretData();
    }

    @Test
    void aRotationThatIsKilledIsGoneOnWithAndTheFormerKeyIsNotNeededAnyMore() throws Exception {
        try (ApiProcess alone = ready(with("alone", former))) {
            alone.client("http")
                    .createSecret(new CreateSecretRequest()
                            .setSecretName("kept")
                            .setVersionId("v1")
                            .setSecretData("value"));
            HttpResponse<String> refused = alone.operation("POST", PATH + "/" + id(next) + "/rotate-to", "");
            assertEquals(409, refused.statusCode(), refused.body());
            assertTrue(refused.body().contains("RootKeyUnknown"), refused.body());
            alone.terminate();
            assertNotEquals(1, alone.exit());
        }
        expectRefusal(with("wrong", next), "The current root key of this installation is " + id(former));
        asBeforeRootKeysHadNames();
        expectRefusal(with("stranger", next), "was sealed under another root key than " + id(next));

        try (Connection inTheWay = connect();
                Statement lock = inTheWay.createStatement()) {
            inTheWay.setAutoCommit(false);
            lock.execute("SELECT FROM access_key WHERE access_key_id = '" + accessKeyId(KEYS - 1) + "' FOR UPDATE");
            try (ApiProcess both = ready(with("both", former).with("GYRE_OTHER_ROOT_KEY_FILE", next.toString()))) {
                // The first process said that it ended, so nobody has to wait until it is missed.
                HttpResponse<String> begun = both.operation("POST", PATH + "/" + id(next) + "/rotate-to", "");
                assertEquals(200, begun.statusCode(), begun.body());
                await().atMost(PATIENCE).until(() -> under(next) >= 3 * RootKeyRotation.BATCH);
                assertEquals("value", value(both));
            }
            inTheWay.rollback();
        }
        assertTrue(under(former) > 0, "it was killed on the way");
        expectRefusal(with("early", next), "are sealed under root key " + id(former));

        // The other way round: which one is current, the database says.
        try (ApiProcess goesOn = ready(with("goes-on", next).with("GYRE_OTHER_ROOT_KEY_FILE", former.toString()))) {
            awaitSettled(goesOn);
            assertEquals("value", value(goesOn));
        }
        assertEquals(0, under(former));

        expectRefusal(with("old", former), "The current root key of this installation is " + id(next));
        try (ApiProcess without = ready(with("without", next))) {
            assertEquals("value", value(without));
        }
    }

    /** From a file to a token is a rotation like any other. */
    @Test
    void aRootKeyThatATokenWrapsTakesThePlaceOfAFile() throws Exception {
        Path library = Path.of("/usr/lib/softhsm/libsofthsm2.so");
        assumeTrue(Files.isReadable(library), "Debian's package softhsm2 is not installed");
        Path pin = rootKey("pin", "1234");
        long slot = tokenWithKey(library, pin);
        String wrappedId;
        Path wrapped = folder.resolve("wrapped");
        try (TokenKey key = TokenKey.of(library, slot, "gyre", pin)) {
            WrappedRootKey fresh = WrappedRootKey.fresh(key);
            Files.writeString(wrapped, fresh.base64());
            wrappedId = fresh.id().hex();
        }
        try (ApiProcess beside =
                ready(inToken(with("beside", former), "GYRE_OTHER_ROOT_KEY", wrapped, library, slot, pin))) {
            beside.client("http")
                    .createSecret(new CreateSecretRequest()
                            .setSecretName("kept")
                            .setVersionId("v1")
                            .setSecretData("value"));
            HttpResponse<String> begun = beside.operation("POST", PATH + "/" + wrappedId + "/rotate-to", "");
            assertEquals(200, begun.statusCode(), begun.body());
            awaitSettled(beside);
        }
        ApiProcess alone = with("token", former).without("GYRE_ROOT_KEY_FILE");
        try (ApiProcess token = ready(inToken(alone, "GYRE_ROOT_KEY", wrapped, library, slot, pin))) {
            assertEquals("value", value(token));
        }
    }

    private static ApiProcess inToken(
            ApiProcess process, String setting, Path wrapped, Path library, long slot, Path pin) {
        return process.with(setting + "_WRAPPED_FILE", wrapped.toString())
                .with(setting + "_PKCS11_LIBRARY", library.toString())
                .with(setting + "_PKCS11_SLOT", Long.toString(slot))
                .with(setting + "_PKCS11_KEY", "gyre")
                .with(setting + "_PKCS11_PIN_FILE", pin.toString());
    }

    /** By the commands of docs/root-keys.md; @return the token's slot */
    private long tokenWithKey(Path library, Path pin) throws Exception {
        Files.writeString(
                Path.of(System.getenv("SOFTHSM2_CONF")),
                "directories.tokendir = " + Files.createDirectory(folder.resolve("tokens")) + "\n");
        String said = run(List.of(
                "softhsm2-util", "--init-token", "--free", "--label", "gyre", "--pin", "1234", "--so-pin", "5678"));
        long slot = Long.parseLong(said.replaceAll("(?s).*reassigned to slot (\\d+).*", "$1"));
        Path token = Files.writeString(
                folder.resolve("token.cfg"),
                "name = gyre\nlibrary = " + library + "\nslot = " + slot
                        + "\nattributes(generate, CKO_SECRET_KEY, CKK_AES) = {\n"
                        + "  CKA_SENSITIVE = true\n  CKA_EXTRACTABLE = false\n}\n");
        List<String> made = new ArrayList<>();
        made.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        made.addAll(List.of("-genseckey", "-alias", "gyre", "-keyalg", "AES", "-keysize", "256"));
        made.addAll(List.of("-keystore", "NONE", "-storetype", "PKCS11", "-storepass:file", pin.toString()));
        made.addAll(List.of("-providerClass", "sun.security.pkcs11.SunPKCS11", "-providerArg", token.toString()));
        run(made);
        return slot;
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private static void awaitSettled(ApiProcess process) {
        await().atMost(PATIENCE).until(() -> new ObjectMapper()
                .readTree(process.operation("GET", PATH, "").body())
                .path("settled")
                .asBoolean());
    }

    /** What is there carries no name, and no table tells of root keys; more AccessKeys come to it. */
    private void asBeforeRootKeysHadNames() throws SQLException {
        Envelope envelope = new Envelope(RootKeys.of(RootKey.inFile(former)));
        try (Connection connection = connect();
                Statement strip = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO access_key (access_key_id, account_id, principal, wrapped_secret, active, created_at)"
                                + " VALUES (?, '1000000000000001', 'user/many', ?, true, now())")) {
            strip.execute("UPDATE access_key SET wrapped_secret = substring(wrapped_secret FROM 17)");
            strip.execute("UPDATE kms_instance SET wrapped_key = substring(wrapped_key FROM 17)");
            strip.execute("UPDATE audit_key SET sealed_key = substring(sealed_key FROM 17)");
            strip.execute("DELETE FROM root_key");
            for (int i = 0; i < KEYS; i++) {
                insert.setString(1, accessKeyId(i));
                insert.setBytes(
                        2,
                        envelope.sealAccessKey(RootKey.inFile(former).id(), accessKeyId(i), SecretText.of("secret")));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String accessKeyId(int i) {
        return String.format("LTAI%05d", i);
    }

    private long under(Path rootKey) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT count(*) FROM access_key, root_key WHERE COALESCE(root_key_of(wrapped_secret), unnamed_id) = ?")) {
            statement.setString(1, id(rootKey));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(), database.user(), database.password().reveal());
    }
}
