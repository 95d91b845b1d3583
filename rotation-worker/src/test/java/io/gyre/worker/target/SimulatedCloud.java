package io.gyre.worker.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.postgres.PostgresSuperuser;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Poll;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcFailure;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.EcsEffect.Instance;
import io.gyre.worker.machine.RdsEffect.Account;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** The packaged cloud simulator as a process: its APIs, its databases, its SSH servers; and what a test needs to be there. */
public final class SimulatedCloud implements AutoCloseable {
    public static final String REGION = "cn-hangzhou";

    static final Duration SOON = Duration.ofSeconds(60);

    public static final String KEY_ID = "LTAIconformance";
    public static final SecretText KEY_SECRET = SecretText.of("secret-of-the-conformance-test");

    public final Vertx vertx = Vertx.vertx();
    public final RpcClient rpc = new RpcClient(vertx, InstantSource.system());
    private final URI endpoint;
    private final Path log;
    private final Process process;

    /**
     * @param folder for its secrets and its log
     * @param firstInstancePort one of a test's own, since tests run beside each other
     */
    public SimulatedCloud(Path folder, int firstInstancePort) throws IOException {
        int port = LoopbackPort.anyFree();
        endpoint = URI.create("http://127.0.0.1:" + port);
        log = folder.resolve("log");
        process = start(
                folder,
                TestPostgres.freshDatabase(PostgresSuperuser.Privileges.SUPERUSER),
                port,
                Integer.toString(firstInstancePort));
        if (!Poll.until(SOON, () -> answers() || !process.isAlive()) || !process.isAlive()) {
            throw new AssertionError("The simulated cloud did not start: " + Files.readString(log));
        }
    }

    private Process start(Path folder, TestPostgres.Database database, int port, String firstInstancePort)
            throws IOException {
        Path secrets = folder.resolve("simulator.properties");
        Files.writeString(
                secrets,
                "gyre.simulator.db.password=" + database.password().reveal() + "\ngyre.simulator.access-key-secret="
                        + KEY_SECRET.reveal() + "\n");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-jar",
                Path.of("..", "cloud-simulator", "target", "quarkus-app", "quarkus-run.jar")
                        .toString());
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry("SMALLRYE_CONFIG_LOCATIONS", secrets.toString()),
                        Map.entry("GYRE_OPS_PORT", Integer.toString(LoopbackPort.anyFree())),
                        Map.entry("GYRE_SIMULATOR_PORT", Integer.toString(port)),
                        Map.entry("GYRE_SIMULATOR_FIRST_INSTANCE_PORT", firstInstancePort),
                        Map.entry("GYRE_SIMULATOR_DB_HOST", database.host()),
                        Map.entry("GYRE_SIMULATOR_DB_PORT", Integer.toString(database.port())),
                        Map.entry("GYRE_SIMULATOR_DB_NAME", database.name()),
                        Map.entry("GYRE_SIMULATOR_DB_USER", database.user()),
                        Map.entry("GYRE_SIMULATOR_ACCESS_KEY_ID", KEY_ID),
                        Map.entry("GYRE_SIMULATOR_RAM_DELAY", "PT0.3S"),
                        Map.entry("GYRE_SIMULATOR_RDS_DELAY", "PT0.3S"),
                        Map.entry("GYRE_SIMULATOR_ECS_DELAY", "PT0.3S")));
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private boolean answers() {
        try {
            return call("2015-05-01", "ListUsers", Map.of()).has("Users");
        } catch (RpcFailure e) {
            return false;
        }
    }

    private JsonNode call(String version, String action, Map<String, String> parameters) {
        RpcCredentials account = new RpcCredentials(KEY_ID, KEY_SECRET);
        return rpc.call(new RpcCall(endpoint, version, action, new TreeMap<>(parameters), account, SOON))
                .await()
                .atMost(SOON);
    }

    public JsonNode ram(String action, Map<String, String> parameters) {
        return call("2015-05-01", action, parameters);
    }

    public JsonNode rds(String action, Map<String, String> parameters) {
        return call("2014-08-15", action, parameters);
    }

    public JsonNode ecs(String action, Map<String, String> parameters) {
        return call("2014-05-26", action, parameters);
    }

    /** What it counted of the calls before. */
    JsonNode counts(String action) {
        return call("2026-11-01", action, Map.of());
    }

    public CloudConfig config() {
        return TestCloud.config(endpoint, KEY_ID, KEY_SECRET);
    }

    /** A new user without keys. */
    public String user() {
        String user = "user-" + UUID.randomUUID();
        ram("CreateUser", Map.of("UserName", user));
        return user;
    }

    /** A new account in a running instance of its own, that RDS is not at work on. */
    public Account account(String name, String password) {
        String instance = runningInstance();
        rds("CreateAccount", Map.of("DBInstanceId", instance, "AccountName", name, "AccountPassword", password));
        isAvailable(instance);
        return new Account(instance, name);
    }

    /** A new one without accounts. */
    String runningInstance() {
        String instance = rds(
                        "CreateDBInstance",
                        Map.of(
                                "RegionId", REGION,
                                "Engine", "PostgreSQL",
                                "EngineVersion", "18.0",
                                "DBInstanceClass", "pg.n2.small.1",
                                "DBInstanceStorage", "20",
                                "DBInstanceNetType", "Intranet",
                                "SecurityIPList", "127.0.0.1",
                                "PayType", "Postpaid"))
                .path("DBInstanceId")
                .asText();
        comesAbout(
                rds("DescribeDBInstanceAttribute", instance, "/Items/DBInstanceAttribute/0/DBInstanceStatus"),
                "Running");
        return instance;
    }

    /** Waits until RDS is at work on no account of an instance that has one. */
    public void isAvailable(String instance) {
        comesAbout(rds("DescribeAccounts", instance, "/Accounts/DBInstanceAccount/0/AccountStatus"), "Available");
    }

    private Supplier<String> rds(String action, String instance, String pointer) {
        return () -> rds(action, Map.of("DBInstanceId", instance)).at(pointer).asText();
    }

    private static void comesAbout(Supplier<String> state, String wanted) {
        if (!Poll.until(SOON, () -> state.get().equals(wanted))) {
            throw new AssertionError("It is " + state.get() + " and not " + wanted + ".");
        }
    }

    /** A running instance whose account root has a password. */
    public EcsConformance.Running running(String password) {
        String id = ecs("RunInstances", Map.of("RegionId", REGION, "Password", password))
                .at("/InstanceIdSets/InstanceIdSet/0")
                .asText();
        awaitStatus(id, "Running");
        return new EcsConformance.Running(new Instance(REGION, id), sshPort(described(id)));
    }

    void awaitStatus(String id, String status) {
        comesAbout(() -> described(id).path("Status").asText(), status);
    }

    private JsonNode described(String id) {
        return ecs("DescribeInstances", Map.of("RegionId", REGION, "InstanceIds", "[\"" + id + "\"]"))
                .at("/Instances/Instance/0");
    }

    private static int sshPort(JsonNode instance) {
        for (JsonNode tag : instance.at("/Tags/Tag")) {
            if (tag.path("TagKey").asText().equals("gyre:ssh-port")) {
                return tag.path("TagValue").asInt();
            }
        }
        throw new AssertionError("It does not tell its SSH port: " + instance);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        rpc.close().await().atMost(SOON);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
