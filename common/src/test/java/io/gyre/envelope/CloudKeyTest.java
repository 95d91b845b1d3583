package io.gyre.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tink's own client of AWS KMS, over TLS, against a server that answers as AWS KMS does. */
class CloudKeyTest {
    private static final String ARN = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CALLS = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Vertx vertx;
    private static HttpServer server;
    private static Aead inTheCloud;
    private static volatile boolean denies;

    private Path credentials = Path.of("");

    @BeforeAll
    static void serve() throws Exception {
        inTheCloud = new AesGcmJce(SealingKey.random());
        vertx = Vertx.vertx();
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                SelfSignedCertificate.create("127.0.0.1").keyCertOptions()))
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        Path regions = shared.resolve("regions.xml");
        Files.writeString(regions, """
                <XML><Regions><Region><Name>us-east-1</Name><Domain>amazonaws.com</Domain><Endpoint>
                <ServiceName>kms</ServiceName><Http>true</Http><Https>true</Https><Hostname>127.0.0.1:PORT</Hostname>
                </Endpoint></Region></Regions></XML>
                """.replace("PORT", Integer.toString(server.actualPort())));
        System.setProperty("com.amazonaws.regions.RegionUtils.fileOverride", regions.toString());
        System.setProperty("com.amazonaws.sdk.disableCertChecking", "true");
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty("com.amazonaws.regions.RegionUtils.fileOverride");
        System.clearProperty("com.amazonaws.sdk.disableCertChecking");
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @BeforeEach
    void writeCredentials() throws IOException {
        denies = false;
        CALLS.clear();
        credentials = file("credentials", "accessKey=AKIAGYRE\nsecretKey=hidden\n");
    }

    private Path file(String name, String content) throws IOException {
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
    }

    private static void answer(HttpServerRequest request, Buffer body) {
        String action = String.valueOf(request.getHeader("X-Amz-Target"));
        CALLS.add(action + " "
                + String.valueOf(request.getHeader("Authorization")).replaceAll("/.*", ""));
        try {
            JsonNode asked = JSON.readTree(body.getBytes());
            ObjectNode answer = JSON.createObjectNode().put("KeyId", ARN);
            byte[] context = asked.path("EncryptionContext").toString().getBytes(StandardCharsets.UTF_8);
            if (action.equals("TrentService.Encrypt")
                    && asked.path("KeyId").asText().equals(ARN)) {
                answer.put(
                        "CiphertextBlob",
                        inTheCloud.encrypt(asked.path("Plaintext").binaryValue(), context));
            } else if (action.equals("TrentService.Decrypt") && !denies) {
                answer.put(
                        "Plaintext",
                        inTheCloud.decrypt(asked.path("CiphertextBlob").binaryValue(), context));
            } else {
                throw new GeneralSecurityException("denied");
            }
            request.response()
                    .putHeader("content-type", "application/x-amz-json-1.1")
                    .end(answer.toString());
        } catch (IOException | GeneralSecurityException e) {
            request.response()
                    .setStatusCode(400)
                    .putHeader("content-type", "application/x-amz-json-1.1")
                    .end("{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}");
        }
    }

    private record NoToken(Optional<Path> library, Optional<Long> slot, Optional<String> key, Optional<Path> pinFile)
            implements Pkcs11Settings {}

    private record Cloud(Optional<String> uri, Optional<Path> credentialsFile) implements KmsSettings {}

    private RootKeySource source(Path wrapped) {
        return new RootKeySource(
                "GYRE_ROOT_KEY",
                Optional.empty(),
                Optional.empty(),
                Optional.of(wrapped),
                new NoToken(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                new Cloud(Optional.of("aws-kms://" + ARN), Optional.of(credentials)));
    }

    private WrappedRootKey fresh() {
        return WrappedRootKey.fresh(CloudKey.of("aws-kms://" + ARN, Optional.of(credentials)));
    }

    @Test
    void aStartHasTheRootKeyUnwrappedByOneSignedCall() throws Exception {
        WrappedRootKey wrapped = fresh();
        Path file = file("wrapped", wrapped.base64());
        CALLS.clear();
        assertEquals(wrapped.id(), source(file).key().orElseThrow().id());
        assertEquals(List.of("TrentService.Decrypt AWS4-HMAC-SHA256 Credential=AKIAGYRE"), List.copyOf(CALLS));
    }

    @Test
    void aCloudThatRefusesOrAnotherCiphertextIsSaidInOneSentence() throws Exception {
        Path file = file("wrapped", fresh().base64());
        Path other = file("other", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        assertTrue(refusal(other).startsWith("The root key cannot be unwrapped"));
        denies = true;
        String refusal = refusal(file);
        assertTrue(refusal.startsWith("The root key cannot be unwrapped"), refusal);
        assertFalse(refusal.contains("hidden"), refusal);
    }

    private String refusal(Path wrapped) {
        RootKeySource source = source(wrapped);
        return assertThrows(EnvelopeException.class, source::key).getMessage();
    }

    @Test
    void credentialsThatOthersCanReadAreRefused() throws Exception {
        Path file = file("wrapped", fresh().base64());
        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(refusal(file).contains("run chmod 600 on it"));
        Files.delete(credentials);
        assertTrue(refusal(file).contains("credentials " + credentials + " cannot be read"));
    }
}
