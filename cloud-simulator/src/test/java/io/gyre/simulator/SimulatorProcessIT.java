package io.gyre.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.postgres.PostgresSuperuser;
import io.gyre.platform.process.JavaCommand;
import io.gyre.platform.process.JavaCommand.Compiler;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Poll;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as the local platform starts it: its environment, its file of secrets, its health, its end. */
class SimulatorProcessIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int HEAP_MEBIBYTES = 96;
    private static final String SECRET = "secret-of-the-process-test";

    private final TestPostgres.Database database = TestPostgres.freshDatabase(PostgresSuperuser.Privileges.SUPERUSER);
    private final int port = LoopbackPort.anyFree();
    private final int ops = LoopbackPort.anyFree();
    private final Vertx vertx = Vertx.vertx();
    private final RpcClient client = new RpcClient(vertx, InstantSource.system());

    @TempDir
    private Path folder;

    private Process process;

    private void start() throws IOException {
        Path secrets = folder.resolve("simulator.properties");
        Files.writeString(
                secrets,
                "gyre.simulator.db.password=" + database.password().reveal() + "\ngyre.simulator.access-key-secret="
                        + SECRET + "\n");
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.ofJar(
                Path.of("target", "quarkus-app", "quarkus-run.jar"), HEAP_MEBIBYTES, Compiler.READY_SOONEST));
        builder.environment()
                .putAll(Map.of(
                        "SMALLRYE_CONFIG_LOCATIONS", secrets.toString(),
                        "GYRE_OPS_PORT", Integer.toString(ops),
                        "GYRE_SIMULATOR_PORT", Integer.toString(port),
                        "GYRE_SIMULATOR_FIRST_INSTANCE_PORT", "22700",
                        "GYRE_SIMULATOR_DB_HOST", database.host(),
                        "GYRE_SIMULATOR_DB_PORT", Integer.toString(database.port()),
                        "GYRE_SIMULATOR_DB_NAME", database.name(),
                        "GYRE_SIMULATOR_DB_USER", database.user(),
                        "GYRE_SIMULATOR_ACCESS_KEY_ID", "LTAIprocess"));
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        process = builder.start();
        boolean ready = Poll.until(SOON, () -> isReady() || !process.isAlive());
        assertTrue(ready && process.isAlive(), () -> "it did not start: " + log());
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    private boolean isReady() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ops + "/q/health/ready"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode call(String action, Map<String, String> parameters) {
        return client.call(new RpcCall(
                        URI.create("http://127.0.0.1:" + port),
                        "2015-05-01",
                        action,
                        new TreeMap<>(parameters),
                        new RpcCredentials("LTAIprocess", SecretText.of(SECRET)),
                        SOON))
                .await()
                .atMost(SOON);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (process.isAlive()) {
            process.destroyForcibly();
            assertTrue(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS));
        }
        client.close().await().atMost(SOON);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aKilledProcessFindsItsStateAgainAndEndsCleanlyWhenAsked() throws IOException, InterruptedException {
        start();
        String id = call("CreateUser", Map.of("UserName", "survivor"))
                .at("/User/UserId")
                .asText();
        assertFalse(id.isEmpty());
        process.destroyForcibly();
        assertTrue(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS));

        start();

        assertEquals(
                id,
                call("GetUser", Map.of("UserName", "survivor"))
                        .at("/User/UserId")
                        .asText());
        process.destroy();
        assertTrue(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS));
        assertEquals(128 + 15, process.exitValue(), this::log);
        assertFalse(log().contains(SECRET));
        assertFalse(log().contains("ERROR"), this::log);
    }
}
