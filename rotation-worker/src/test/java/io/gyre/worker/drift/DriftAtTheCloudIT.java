package io.gyre.worker.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.gyre.worker.candidate.Candidates;
import io.gyre.worker.engine.Engine;
import io.gyre.worker.engine.EngineSettings;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.engine.PostgresRotationStore;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.engine.Runner;
import io.gyre.worker.engine.Unlimited;
import io.gyre.worker.engine.World;
import io.gyre.worker.engine.World.Version;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.EcsEffect.AddKey;
import io.gyre.worker.machine.EcsEffect.AwaitCommand;
import io.gyre.worker.machine.EcsEffect.RemoveKey;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Recipe;
import io.gyre.worker.target.EcsConformance.Running;
import io.gyre.worker.target.EcsTarget;
import io.gyre.worker.target.RamTarget;
import io.gyre.worker.target.RdsTarget;
import io.gyre.worker.target.SimulatedCloud;
import io.gyre.worker.target.SshTrial;
import io.gyre.worker.verdict.EcsLooks;
import io.gyre.worker.verdict.Looks;
import io.gyre.worker.verdict.RamLooks;
import io.gyre.worker.verdict.RdsLooks;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person changes a credential at the packaged cloud simulator behind Gyre's back: it is found and told, nothing is mended by
 * itself, and a repair mends it. The looks come only where somebody asks, so each is the test's own, but for the one that the
 * end of a repair asks for.
 */
class DriftAtTheCloudIT {
    private static final int FIRST_INSTANCE_PORT = 24_300;

    private static final EngineSettings SETTINGS = new EngineSettings(
            64, 1_000, 64, 32, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(15));

    private static final List<String> TYPES = List.of("ram", "rds", "ecs");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    static Path folder;

    private static SimulatedCloud cloud;
    private static SshTrial ssh;
    private static World world;
    private static Map<String, RotationType> types;
    private static Engine engine;
    private static DriftChecks checks;

    @BeforeAll
    static void start() throws IOException {
        cloud = new SimulatedCloud(folder, FIRST_INSTANCE_PORT);
        ssh = SshTrial.start();
        world = new World();
        // The grace of a repaired AccessKey, 10 minutes, passes in a second and a half.
        world.sql("UPDATE calendar SET wall_origin = now(), calendar_origin = now(), speed = 400");
        types = Map.of(
                "ram", new RotationType("ram", new RamRotation(), new RamTarget(cloud.rpc, cloud.config())),
                "rds",
                        new RotationType(
                                "rds", new RdsRotation(), new RdsTarget(cloud.rpc, cloud.config(), cloud.vertx)),
                "ecs",
                        new RotationType(
                                "ecs", new EcsRotation(), new EcsTarget(cloud.rpc, cloud.config(), ssh, RANDOM)));
        PostgresRotationStore store = new PostgresRotationStore(
                world.pool, world.envelope, "worker-1", TYPES, 64, Duration.ofSeconds(15), world.ticks());
        engine = new Engine(
                store,
                new Runner(
                        store,
                        types,
                        new Candidates(RANDOM),
                        new Unlimited(),
                        SETTINGS,
                        world.ticks(),
                        world.executor,
                        RANDOM,
                        Onlooker.NOBODY),
                SETTINGS,
                world.ticks());
        Map<String, Looks> looks = Map.of("ram", new RamLooks(), "rds", new RdsLooks(), "ecs", new EcsLooks());
        checks = new DriftChecks(
                new PostgresDriftStore(world.pool, world.envelope, "worker-1", TYPES),
                types,
                looks,
                Duration.ZERO,
                new Unlimited(),
                world.ticks(),
                world.executor,
                RANDOM);
        engine.start();
        checks.start();
    }

    @AfterAll
    static void stop() {
        engine.drain();
        checks.drain();
        world.close();
        ssh.close();
        cloud.close();
    }

    private static String of(long secret, String column) {
        return world.text("SELECT " + column + " FROM drift_check WHERE secret_id = $1", secret);
    }

    /** What a look finds that begins now. */
    private static String check(long secret) {
        String looks = of(secret, "looks");
        world.sql(
                "UPDATE drift_check SET asked_at = clock_timestamp(), claim = claim + 1 WHERE secret_id = $1", secret);
        world.await("a look", () -> !of(secret, "looks").equals(looks));
        return of(secret, "concat_ws(' ', state, problem)");
    }

    private static String events(long secret) {
        return world.text(
                "SELECT coalesce(string_agg(o.event_type, ' ' ORDER BY o.outbox_id), '') FROM outbox o"
                        + " JOIN secret s ON s.arn = o.record_key"
                        + " WHERE s.secret_id = $1 AND o.event_type LIKE 'io.gyre.secret.drift%'",
                secret);
    }

    /** Found, told once, and as it was after another look. */
    private static void drifts(long secret) {
        assertEquals("Drifted", check(secret));
        assertEquals("Drifted", check(secret));
        assertEquals("io.gyre.secret.drifted.v1", events(secret));
        assertEquals(
                "0", world.text("SELECT count(*) FROM rotation WHERE secret_id = $1", secret), "nothing is mended");
    }

    /** Ordered, carried out, and found good by the look that its end asks for. */
    private static void isRepaired(long secret, String rotationType, Map<String, String> target) {
        UUID rotation = world.rotation(secret, "repair", rotationType, target);
        world.await("the end of the repair", () -> !state(rotation).equals("Running"));
        assertEquals(
                "Succeeded",
                state(rotation),
                world.text("SELECT finding FROM rotation WHERE rotation_id = $1", rotation));
        world.await("the look after it", () -> of(secret, "state").equals("Good"));
        assertEquals("io.gyre.secret.drifted.v1 io.gyre.secret.drift-cleared.v1", events(secret));
        assertEquals(
                "v-new",
                world.text(
                        "SELECT version_id FROM secret_stage WHERE secret_id = $1 AND stage = 'ACSCurrent'", secret));
    }

    private static String state(UUID rotation) {
        return world.text("SELECT state FROM rotation WHERE rotation_id = $1", rotation);
    }

    private static SecretText rdsValue(String account, String password) {
        return SecretText.of("{\"AccountName\":\"" + account + "\",\"AccountPassword\":\"" + password + "\"}");
    }

    private static void changeAtRds(Account account, String password) {
        cloud.rds(
                "ResetAccountPassword",
                Map.of(
                        "DBInstanceId",
                        account.instanceId(),
                        "AccountName",
                        account.name(),
                        "AccountPassword",
                        password));
        cloud.isAvailable(account.instanceId());
    }

    @Test
    void aPasswordThatAPersonChangedAtRds() {
        Account account = cloud.account("app", "First-Password-1");
        Map<String, String> place = Map.of("DBInstanceId", account.instanceId());
        long secret = world.secret(
                "one-account",
                "Rds",
                "SingleUser",
                place,
                new Version("v-a", "app", rdsValue("app", "First-Password-1")),
                null);
        assertEquals("Good", check(secret));
        assertEquals("", events(secret));

        changeAtRds(account, "Changed-Past-Gyre-1");

        drifts(secret);
        assertTrue(of(secret, "seen").contains("SQLSTATE 28P01"), of(secret, "seen"));
        isRepaired(secret, "rds", place);
    }

    @Test
    void theCurrentOfTwoAccountsAndThenThePrevious() {
        Account account = cloud.account("app_a", "First-Password-1");
        Map<String, String> place = Map.of("DBInstanceId", account.instanceId());
        cloud.rds(
                "CreateAccount",
                Map.of(
                        "DBInstanceId",
                        account.instanceId(),
                        "AccountName",
                        "app_b",
                        "AccountPassword",
                        "Other-Password-1"));
        long secret = world.secret(
                "two-accounts",
                "Rds",
                "DoubleUsers",
                place,
                new Version("v-a", "app_a", rdsValue("app_a", "First-Password-1")),
                new Version("v-b", "app_b", rdsValue("app_b", "Other-Password-1")));
        world.await("both accounts", () -> check(secret).equals("Good"));

        changeAtRds(account, "Changed-Past-Gyre-1");

        world.await("the finding", () -> check(secret).equals("Drifted"));
        UUID rotation = world.rotation(secret, "repair", "rds", place);
        world.await("the end of the repair", () -> state(rotation).equals("Succeeded"));
        world.await("the look after it", () -> of(secret, "state").equals("PreviousDrifted"));
        assertTrue(of(secret, "seen").contains("A login as app_a"), of(secret, "seen"));
    }

    @Test
    void anAccountThatAPersonDeletedWaitsForAPerson() {
        Account account = cloud.account("gone", "First-Password-1");
        Map<String, String> place = Map.of("DBInstanceId", account.instanceId());
        long secret = world.secret(
                "gone",
                "Rds",
                "SingleUser",
                place,
                new Version("v-a", "gone", rdsValue("gone", "First-Password-1")),
                null);
        cloud.rds("DeleteAccount", Map.of("DBInstanceId", account.instanceId(), "AccountName", "gone"));
        world.await("the finding", () -> check(secret).equals("Drifted"));
        assertEquals("RDS instance " + account.instanceId() + " has no account gone.", of(secret, "seen"));

        UUID rotation = world.rotation(secret, "repair", "rds", place);
        world.await("the end of the repair", () -> !state(rotation).equals("Running"));
        String finding = world.text("SELECT finding FROM rotation WHERE rotation_id = $1", rotation);
        assertEquals("Failed", state(rotation));
        assertTrue(finding.contains("The RDS instance has no such account: create it"), finding);
    }

    @Test
    void anAccessKeyThatAPersonDisabledAtRam() {
        String user = cloud.user();
        var key = cloud.ram("CreateAccessKey", Map.of("UserName", user)).path("AccessKey");
        String id = key.path("AccessKeyId").asText();
        SecretText value = SecretText.of("{\"AccessKeyId\":\"" + id + "\",\"AccessKeySecret\":\""
                + key.path("AccessKeySecret").asText() + "\"}");
        Map<String, String> place = Map.of("UserName", user);
        long secret =
                world.secret("ram", "RAMCredentials", "RamUserAccessKey", place, new Version("v-a", id, value), null);
        // RAM knows a new key a while after it made it.
        world.await("a key that works", () -> check(secret).equals("Good"));
        world.sql("DELETE FROM outbox WHERE record_key = (SELECT arn FROM secret WHERE secret_id = $1)", secret);

        cloud.ram("UpdateAccessKey", Map.of("UserName", user, "UserAccessKeyId", id, "Status", "Inactive"));

        drifts(secret);
        assertTrue(of(secret, "means").contains("was disabled past Gyre"), of(secret, "means"));
        isRepaired(secret, "ram", place);
        var left = cloud.ram("ListAccessKeys", Map.of("UserName", user)).at("/AccessKeys/AccessKey");
        assertEquals(1, left.size(), "the key that was disabled is gone");
    }

    private static Map<String, String> performed(Effect effect, Map<Credential, SecretText> values) {
        return ((Done) types.get("ecs").target().perform(effect, values).await().atMost(Duration.ofSeconds(20)))
                .facts();
    }

    /** What the instance's command agent is told to do, to its end. */
    private static void commanded(Running running, Effect effect, SecretText key) {
        String command =
                String.valueOf(performed(effect, Map.of(Credential.FORMER, key)).get(EcsRotation.COMMAND));
        world.await(
                "the command's end",
                () -> types.get("ecs")
                                .target()
                                .perform(new AwaitCommand(running.instance(), command), Map.of())
                                .await()
                                .atMost(Duration.ofSeconds(20))
                        instanceof Done);
    }

    @Test
    void anSshKeyThatAPersonRemovedFromTheInstance() {
        Running running = cloud.running("First-Password-1");
        SecretText key =
                new Candidates(RANDOM).make(new Recipe.EcsKeyPair("root", true)).value();
        commanded(running, new AddKey(running.instance(), Credential.FORMER), key);
        Map<String, String> place = Map.of(
                "RegionId",
                running.instance().regionId(),
                "InstanceId",
                running.instance().instanceId(),
                "CustomData.SshPort",
                Integer.toString(running.sshPort()),
                "CustomData.SshKeyType",
                "Ed25519");
        long secret = world.secret("ssh", "ECS", "SSHKey", place, new Version("v-a", "root", key), null);
        assertEquals("Good", check(secret));

        commanded(running, new RemoveKey(running.instance(), Credential.FORMER), key);

        drifts(secret);
        isRepaired(secret, "ecs", place);
    }
}
