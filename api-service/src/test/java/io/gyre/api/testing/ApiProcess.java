package io.gyre.api.testing;

import com.aliyun.kms20160120.Client;
import com.aliyun.teaopenapi.models.Config;
import io.gyre.platform.process.JavaCommand;
import io.gyre.platform.process.JavaCommand.Compiler;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.rpc.Acs3Signer;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The API service as the packaged program, started as deployments start it. */
public final class ApiProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;
    private static final int HEAP_MEBIBYTES = 128;

    private final int port = LoopbackPort.anyFree();
    private final int operationsPort = LoopbackPort.anyFree();
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Process process;

    /**
     * A valid configuration, not started.
     *
     * @param shared where the root key and the administrator's key lie, for all processes of one installation
     * @param own for what is this process's alone
     */
    public ApiProcess(TestPostgres.Database database, Path shared, Path own) throws IOException {
        this.folder = Files.createDirectories(own);
        Path secrets = own.resolve("api.properties");
        Files.writeString(secrets, "gyre.db.password=" + database.password().reveal() + "\n");
        environment.put("GYRE_LOCAL_PLATFORM", "true");
        environment.putAll(Map.of(
                "SMALLRYE_CONFIG_LOCATIONS", secrets.toString(),
                "GYRE_API_PORT", Integer.toString(port),
                "GYRE_OPS_PORT", Integer.toString(operationsPort),
                "GYRE_DB_HOST", database.host(),
                "GYRE_DB_PORT", Integer.toString(database.port()),
                "GYRE_DB_NAME", database.name(),
                "GYRE_DB_USER", database.user(),
                "GYRE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + LoopbackPort.anyFree(),
                "GYRE_ROOT_KEY_FILE", rootKey(shared).toString(),
                "GYRE_ADMINISTRATOR_KEY_FILE",
                        shared.resolve("administrator.key").toString()));
    }

    public ApiProcess with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public ApiProcess without(String name) {
        environment.remove(name);
        return this;
    }

    public ApiProcess start() throws IOException {
        // Started often and ended soon: the optimising compiler would take longer than what it saves.
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.ofJar(
                Path.of("target", "quarkus-app", "quarkus-run.jar"), HEAP_MEBIBYTES, Compiler.READY_SOONEST));
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("api.log").toFile())
                .start();
        return this;
    }

    /** Waits for the process to end; @return its exit status */
    public int exit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The process goes on: " + log());
        }
        return process.exitValue();
    }

    /** Asks it to end, as an operator does. */
    public void terminate() {
        process.destroy();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public boolean isReady() {
        return health("ready") == 200;
    }

    public boolean isLive() {
        return health("live") == 200;
    }

    /** @return the status of the answer; 0 where there is none */
    public int health(String check) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + operationsPort + "/q/health/" + check))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** The account's AccessKey, as the first start of the installation wrote it. */
    public Properties administratorKey() throws IOException {
        Properties key = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(environment.get("GYRE_ADMINISTRATOR_KEY_FILE")))) {
            key.load(file);
        }
        return key;
    }

    /** Alibaba's published SDK, with that key; {@code http} or {@code https}. */
    public Client client(String protocol) throws Exception {
        Properties key = administratorKey();
        return new Client(new Config()
                .setEndpoint("127.0.0.1:" + port)
                .setProtocol(protocol)
                .setAccessKeyId(key.getProperty("AccessKeyId"))
                .setAccessKeySecret(key.getProperty("AccessKeySecret")));
    }

    /** Sends this query to the API by plain HTTP, as it is. */
    public HttpResponse<String> get(String query) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/?" + query))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** What its heap holds of these texts, once it has collected its garbage; see {@link HeapDump}. */
    public List<String> holding(Collection<String> values) throws IOException, InterruptedException {
        return HeapDump.holding(process.toHandle(), folder.resolve("heap.hprof"), values);
    }

    /** Calls the operations API, signed with the administrator's key. */
    public HttpResponse<String> operation(String method, String path, String body)
            throws IOException, InterruptedException {
        Properties key = administratorKey();
        URI address = URI.create("http://127.0.0.1:" + operationsPort + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.ofString(body));
        Acs3Signer.headers(
                        method,
                        address,
                        Map.of("content-type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8),
                        new RpcCredentials(
                                key.getProperty("AccessKeyId"), SecretText.of(key.getProperty("AccessKeySecret"))),
                        Instant.now())
                .forEach((name, value) -> {
                    // The client writes it, the same one.
                    if (!name.equals("host")) {
                        request.header(name, value);
                    }
                });
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Everything that it wrote. */
    public String log() {
        try {
            return Files.readString(folder.resolve("api.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** SIGKILL. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Path rootKey(Path shared) throws IOException {
        Path file = shared.resolve("root.key");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        }
        return file;
    }
}
