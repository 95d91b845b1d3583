package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.gyre.worker.engine.Target;
import io.gyre.worker.engine.World;
import io.gyre.worker.machine.EcsEffect.Instance;
import io.gyre.worker.machine.RdsEffect.Account;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker's own clients at the packaged cloud simulator: its APIs, its databases, its SSH servers. */
class CloudConformanceIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String KEY_ID = "LTAIconformance";
    private static final SecretText KEY_SECRET = SecretText.of("secret-of-the-conformance-test");
    private static final String REGION = "cn-hangzhou";
    private static final String SIMULATOR = "2026-11-01";
    private static final Duration LATER = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    private static URI endpoint;
    private static Process process;
    private static Vertx vertx;
    private static RpcClient rpc;
    private static SshTrial ssh;

    @BeforeAll
    static void start() throws IOException {
        int port = LoopbackPort.anyFree();
        endpoint = URI.create("http://127.0.0.1:" + port);
        process = simulator(TestPostgres.freshDatabase(PostgresSuperuser.Privileges.SUPERUSER), port);
        vertx = Vertx.vertx();
        rpc = new RpcClient(vertx, InstantSource.system());
        ssh = SshTrial.start();
        assertTrue(
                Poll.until(SOON, () -> answers() || !process.isAlive()) && process.isAlive(), CloudConformanceIT::log);
    }

    @AfterAll
    static void stop() {
        process.destroyForcibly().onExit().join();
        ssh.close();
        rpc.close().await().atMost(SOON);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Process simulator(TestPostgres.Database database, int port) throws IOException {
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
                        Map.entry("GYRE_SIMULATOR_FIRST_INSTANCE_PORT", "23700"),
                        Map.entry("GYRE_SIMULATOR_DB_HOST", database.host()),
                        Map.entry("GYRE_SIMULATOR_DB_PORT", Integer.toString(database.port())),
                        Map.entry("GYRE_SIMULATOR_DB_NAME", database.name()),
                        Map.entry("GYRE_SIMULATOR_DB_USER", database.user()),
                        Map.entry("GYRE_SIMULATOR_ACCESS_KEY_ID", KEY_ID),
                        Map.entry("GYRE_SIMULATOR_RAM_DELAY", "PT0.3S"),
                        Map.entry("GYRE_SIMULATOR_RDS_DELAY", "PT0.3S"),
                        Map.entry("GYRE_SIMULATOR_ECS_DELAY", "PT0.3S")));
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    private static boolean answers() {
        try {
            return call("2015-05-01", "ListUsers", Map.of()).has("Users");
        } catch (RpcFailure e) {
            return false;
        }
    }

    private static JsonNode call(String version, String action, Map<String, String> parameters) {
        RpcCredentials account = new RpcCredentials(KEY_ID, KEY_SECRET);
        return rpc.call(new RpcCall(endpoint, version, action, new TreeMap<>(parameters), account, SOON))
                .await()
                .atMost(SOON);
    }

    private static JsonNode rds(String action, Map<String, String> parameters) {
        return call("2014-08-15", action, parameters);
    }

    private static JsonNode ecs(String action, Map<String, String> parameters) {
        return call("2014-05-26", action, parameters);
    }

    private static String runningInstance() {
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
        assertTrue(Poll.until(SOON, () -> rds("DescribeDBInstanceAttribute", Map.of("DBInstanceId", instance))
                .at("/Items/DBInstanceAttribute/0/DBInstanceStatus")
                .asText()
                .equals("Running")));
        return instance;
    }

    private static CloudConfig config() {
        return TestCloud.config(endpoint, KEY_ID, KEY_SECRET);
    }

    @Nested
    class Ram extends RamConformance {
        @Override
        protected Target target() {
            return new RamTarget(rpc, config());
        }

        @Override
        protected boolean comesAbout(BooleanSupplier condition) {
            return Poll.until(SOON, condition);
        }

        @Override
        protected String user() {
            String user = "user-" + UUID.randomUUID();
            call("2015-05-01", "CreateUser", Map.of("UserName", user));
            return user;
        }
    }

    @Nested
    class Rds extends RdsConformance {
        @Override
        protected Target target() {
            return new RdsTarget(rpc, config(), vertx);
        }

        @Override
        protected boolean comesAbout(BooleanSupplier condition) {
            return Poll.until(SOON, condition);
        }

        @Override
        protected Account account(String password) {
            String instance = runningInstance();
            rds("CreateAccount", Map.of("DBInstanceId", instance, "AccountName", "app", "AccountPassword", password));
            comesAbout(() -> rds("DescribeAccounts", Map.of("DBInstanceId", instance))
                    .at("/Accounts/DBInstanceAccount/0/AccountStatus")
                    .asText()
                    .equals("Available"));
            return new Account(instance, "app");
        }
    }

    /** Two workers, a budget, and more rotations than it lets begin for some seconds; the cloud counts. */
    @Nested
    class Budgets {
        private static final int RATE = 20;
        private static final int ROTATIONS = 200;

        /** Each looks at the instance, and at an account that is not there. */
        private static final int CALLS = 2 * ROTATIONS;

        private AccountWorker worker(World world, String name) {
            return new AccountWorker(world, name, "rds", "one", new RdsTarget(rpc, config(), vertx), RATE);
        }

        private JsonNode counted() {
            for (JsonNode count : call(SIMULATOR, "CountCalls", Map.of()).at("/CallCounts/CallCount")) {
                if (count.path("TargetProduct").asText().equals("Rds")) {
                    return count;
                }
            }
            throw new AssertionError("RDS was not called");
        }

        @Test
        void twoWorkersTogetherCallNoMoreOftenThanTheBudgetOfTheirAccount() {
            String instance = runningInstance();
            try (World world = new World(TestPostgres.freshDatabase());
                    AccountWorker one = worker(world, "worker-1");
                    AccountWorker other = worker(world, "worker-2")) {
                for (int i = 0; i < ROTATIONS; i++) {
                    world.rotation(world.secret("s-" + i), "immediate");
                }
                world.sql("UPDATE rotation SET target = jsonb_build_object('DBInstanceId', $1::text)", instance);
                call(SIMULATOR, "ForgetCalls", Map.of());
                long began = System.nanoTime();
                one.engine().start();
                other.engine().start();
                assertTrue(
                        Poll.until(LATER, () -> world.text("SELECT count(*) FROM rotation WHERE ended_at IS NULL")
                                .equals("0")),
                        "they do not end");
                JsonNode counted = counted();
                double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1_000.0;

                int calls = counted.path("Calls").asInt();
                assertTrue(calls >= CALLS, counted::toString);
                assertTrue(
                        calls <= RATE + RATE * seconds,
                        () -> "The budget grants " + RATE + " a second; in " + seconds + " s: " + counted);
                // What was sent in one second may arrive in another, until the call is given up.
                double spread = 1.5 + CloudApi.LOOK_TIMEOUT.toSeconds();
                assertTrue(counted.path("MostInOneSecond").asInt() <= RATE + RATE * spread, counted::toString);
                assertNotEquals(
                        "0",
                        world.text("SELECT count(*) FROM rotation_step WHERE note LIKE 'Waits for its turn%'"),
                        "with a budget that makes nobody wait, this proves nothing");
                assertEquals(
                        "2", world.text("SELECT count(DISTINCT worker) FROM rotation_step WHERE worker IS NOT NULL"));
            }
        }
    }

    @Nested
    class Ecs extends EcsConformance {
        @Override
        protected Target target() {
            return new EcsTarget(rpc, config(), ssh, new SecureRandom());
        }

        @Override
        protected boolean comesAbout(BooleanSupplier condition) {
            return Poll.until(SOON, condition);
        }

        @Override
        protected Running running(String password) {
            String id = ecs("RunInstances", Map.of("RegionId", REGION, "Password", password))
                    .at("/InstanceIdSets/InstanceIdSet/0")
                    .asText();
            comesAbout(() -> described(id).path("Status").asText().equals("Running"));
            return new Running(new Instance(REGION, id), sshPort(described(id)));
        }

        private JsonNode described(String id) {
            return ecs("DescribeInstances", Map.of("RegionId", REGION, "InstanceIds", "[\"" + id + "\"]"))
                    .at("/Instances/Instance/0");
        }

        private int sshPort(JsonNode instance) {
            for (JsonNode tag : instance.at("/Tags/Tag")) {
                if (tag.path("TagKey").asText().equals("gyre:ssh-port")) {
                    return tag.path("TagValue").asInt();
                }
            }
            throw new AssertionError("It does not tell its SSH port: " + instance);
        }

        @Override
        protected void stop(Instance instance) {
            ecs("StopInstance", Map.of("InstanceId", instance.instanceId()));
            comesAbout(() ->
                    described(instance.instanceId()).path("Status").asText().equals("Stopped"));
        }
    }
}
