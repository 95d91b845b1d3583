package io.gyre.deployment;

import io.gyre.platform.Health;
import io.gyre.platform.postgres.PostgresSuperuser;
import io.gyre.platform.postgres.PostgresSuperuser.Privileges;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Poll;
import io.gyre.platform.testing.TestKafka;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Gyre's processes on this machine, told what docker-compose.yml tells them, with the secrets of deployment/make-secrets. Only addresses
 * differ; PostgreSQL and Kafka are those of this JVM's tests, and PostgreSQL has the roles that Compose's have.
 */
final class ComposedProcesses implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final int FIRST_INSTANCE_PORT = 24_900;

    /** As a shell has it: 128 and the signal's number. */
    private static final int TERMINATED = 128 + 15;

    private final Path folder;
    private final MadeSecrets secrets;
    private final Vertx vertx = Vertx.vertx();
    private final RpcClient client;
    private final Map<String, Process> processes = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();

    /** @param folder for their secrets and logs */
    ComposedProcesses(Path folder) throws IOException, InterruptedException, SQLException {
        this.folder = folder;
        this.secrets = MadeSecrets.in(folder.resolve("secrets"));
        this.client = new RpcClient(
                vertx,
                InstantSource.system(),
                new HttpClientOptions()
                        .setTrustOptions(new PemTrustOptions()
                                .addCertPath(secrets.folder()
                                        .resolve("api-certificate.pem")
                                        .toString())));
        prepareStores();
    }

    private void prepareStores() throws IOException, SQLException {
        PostgresSuperuser server = TestPostgres.server();
        try (Connection connection = connection("postgres", server.role(), server.password());
                Statement sql = connection.createStatement()) {
            for (String statement : secrets.text("roles.sql").split(";", -1)) {
                if (!statement.isBlank()) {
                    sql.execute(statement);
                }
            }
        }
        server.declareRole("cloud", SecretText.of(secrets.text("cloud-db-password")), Privileges.SUPERUSER);
        server.declareDatabase("cloud", "cloud");
    }

    private static Connection connection(String database, String role, SecretText password) throws SQLException {
        PostgresSuperuser server = TestPostgres.server();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database, role, password.reveal());
    }

    /** Gyre's database, as the workers work with it. */
    Connection asWorker() throws IOException, SQLException {
        return connection(
                "gyre",
                "gyre_worker",
                SecretText.of(secrets.properties("worker.properties").getProperty("gyre.db.password")));
    }

    /**
     * @param name of its own among all that are started
     * @param process the service of Compose that it is
     * @param command with a first word that is looked up among the programs of this JVM
     */
    void start(String name, String process, List<String> command, Path workingFolder, Map<String, String> environment)
            throws IOException {
        List<String> own = new ArrayList<>(command);
        own.set(
                0,
                Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
        ProcessBuilder builder = new ProcessBuilder(own)
                .directory(workingFolder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("HOSTNAME", name);
        builder.environment().putAll(told(name, process));
        processes.put(name, builder.start());
    }

    /** What Compose tells it, with the addresses of this machine. */
    private Map<String, String> told(String name, String process) {
        Map<String, String> told = new HashMap<>();
        String here = secrets.folder().toString();
        ComposeFile.read()
                .service(process)
                .environment()
                .forEach((setting, value) -> told.put(
                        setting,
                        elsewhere(
                                name,
                                setting,
                                value.replace("$$", "$")
                                        .replace("/run/secrets", here)
                                        .replace("/var/lib/gyre", here))));
        return told;
    }

    private String elsewhere(String name, String setting, String value) {
        PostgresSuperuser server = TestPostgres.server();
        return switch (setting) {
            case "GYRE_OPS_HOST", "GYRE_API_HOST", "GYRE_SIMULATOR_HOST" -> "127.0.0.1";
            case "GYRE_DB_HOST", "GYRE_SIMULATOR_DB_HOST" -> server.host();
            case "GYRE_DB_PORT", "GYRE_SIMULATOR_DB_PORT" -> Integer.toString(server.port());
            case "GYRE_KAFKA_BOOTSTRAP_SERVERS" -> TestKafka.bootstrapServers();
            case "GYRE_SIMULATOR_FIRST_INSTANCE_PORT" -> Integer.toString(FIRST_INSTANCE_PORT);
            case "GYRE_OPS_PORT", "GYRE_OPS_TLS_PORT", "GYRE_API_PORT", "GYRE_SIMULATOR_PORT" ->
                Integer.toString(port(name, setting));
            default ->
                setting.startsWith("GYRE_CLOUD_") && setting.endsWith("_ENDPOINT")
                        ? "http://127.0.0.1:" + port("cloud-simulator", "GYRE_SIMULATOR_PORT")
                        : value;
        };
    }

    private int port(String name, String setting) {
        return ports.computeIfAbsent(name + " " + setting, key -> LoopbackPort.anyFree());
    }

    boolean isReady(String name) {
        return new Health().isReady(port(name, "GYRE_OPS_PORT"));
    }

    void awaitReady(String name) {
        Process process = processes.get(name);
        boolean settled = Poll.until(PATIENCE, () -> isReady(name) || !process.isAlive());
        if (!settled || !process.isAlive()) {
            throw new AssertionError(name + " is not ready: " + log(name));
        }
    }

    /** Asks it to end, and waits until it has. */
    void terminate(String name) {
        Process process = processes.get(name);
        process.destroy();
        if (!Poll.until(PATIENCE, () -> !process.isAlive()) || process.exitValue() != TERMINATED) {
            throw new AssertionError(name + " does not end as it should: " + log(name));
        }
    }

    /** Calls the KMS API of one api-service as the account's administrator. */
    void call(String name, String action, Map<String, String> parameters) throws IOException {
        Properties key = secrets.properties("administrator/access-key");
        client.call(new RpcCall(
                        URI.create("https://127.0.0.1:" + port(name, "GYRE_API_PORT")),
                        "2016-01-20",
                        action,
                        new TreeMap<>(parameters),
                        new RpcCredentials(
                                key.getProperty("AccessKeyId"), SecretText.of(key.getProperty("AccessKeySecret"))),
                        PATIENCE))
                .await()
                .atMost(PATIENCE);
    }

    /** A call that api-service has a worker look at the cloud for, which finds nothing there and so has it refused. */
    void createSecretOfAbsentInstance(String name) throws IOException {
        call(
                name,
                "CreateSecret",
                Map.of(
                        "SecretName", "of-an-absent-instance",
                        "SecretType", "Rds",
                        "VersionId", "v1",
                        "ExtendedConfig", "{\"SecretSubType\":\"SingleUser\",\"DBInstanceId\":\"rm-absent\"}",
                        "SecretData", "{\"Accounts\":[{\"AccountName\":\"app\",\"AccountPassword\":\"password-1\"}]}"));
    }

    private String log(String name) {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    @Override
    public void close() {
        processes.values().forEach(process -> process.destroyForcibly().onExit().join());
        client.close().await().atMost(PATIENCE);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
