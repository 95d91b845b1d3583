package io.gyre.benchmarks.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.server.Database;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.Home;
import io.gyre.platform.Platform;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformFacts;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.Progress;
import io.gyre.platform.process.ChildProcess;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Poll;
import io.gyre.platform.service.GyreStores;
import io.gyre.platform.service.RotationWorker;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A local platform with an empty home, and the cloud account and the secrets that a benchmark needs. */
public final class MeasuredPlatform implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(30);

    /** The simulator takes seconds to make an instance, as RDS takes minutes. */
    private static final Duration SETS_UP_WITHIN = Duration.ofSeconds(120);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The versions of the APIs, as their SDKs name them. */
    private static final String KMS = "2016-01-20";

    private static final String RDS = "2014-08-15";
    private static final String RAM = "2015-05-01";

    private final Vertx vertx = Vertx.vertx();
    private final RpcClient client = new RpcClient(vertx, InstantSource.system());
    private final PlatformPlan plan;
    private final Platform platform;
    private final PlatformFacts facts;
    private final RpcCredentials administrator;
    private final RpcCredentials account;

    private MeasuredPlatform(PlatformPlan plan, Platform platform) {
        this.plan = plan;
        this.platform = platform;
        this.facts = platform.facts();
        this.administrator = AccessKeyFile.read(facts.administratorKeyFile());
        this.account = AccessKeyFile.read(facts.cloudAccountKeyFile());
    }

    /** Starts every process on an empty home. */
    public static MeasuredPlatform start(Bench bench) {
        Path home = bench.home().resolve("platform");
        PrivateFile.deleteTree(home);
        bench.tell("starting every process");
        PlatformPlan plan = new PlatformPlan(home, bench.checkout(), bench.build(), bench.portBase(), 1).optimising();
        return new MeasuredPlatform(plan, Platform.start(plan, new Silent()));
    }

    /** What the platform tells while it starts is not of interest here. */
    private static final class Silent implements Progress {
        @Override
        public void starting(String process) {}

        @Override
        public void ready(String process, Duration after) {}

        @Override
        public void stopping() {}

        @Override
        public void stopped(Duration after) {}
    }

    /** Where it is found. */
    public PlatformFacts facts() {
        return facts;
    }

    /** Leaves rotations where they are. */
    public void stopWorkers() {
        for (int number = 1; number <= plan.workers(); number++) {
            platform.stop(RotationWorker.name(number));
        }
    }

    /**
     * Starts one more api-service, with few sessions where reads need none.
     *
     * @param port of its API by plain HTTP
     * @param told beside what the first one is told
     */
    public void startApiBeside(String name, int port, int opsPort, Map<String, String> told) {
        Map<String, String> own = new TreeMap<>(told);
        own.put("GYRE_API_PLAIN_PORT", Integer.toString(port));
        own.put("GYRE_API_PORT", Integer.toString(LoopbackPort.anyFree()));
        own.put("GYRE_OPS_TLS_PORT", Integer.toString(LoopbackPort.anyFree()));
        own.put("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "2");
        own.put("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "2");
        platform.startApiBeside(name, opsPort, own);
    }

    /** Gyre's own database, as its owner. */
    public Database database() {
        Home home = new Home(facts.home());
        return new Database(
                "127.0.0.1",
                plan.ports().postgres(),
                GyreStores.DATABASE,
                GyreStores.OWNER,
                PrivateFile.password(home.secret("postgres-gyre")));
    }

    /** The processor time that a process and all that it started have taken so far. */
    public Duration processorTime(String process) {
        ProcessHandle handle = child(process).handle();
        return Stream.concat(Stream.of(handle), handle.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The id of a process. */
    public long pid(String process) {
        return child(process).pid();
    }

    private ChildProcess child(String process) {
        return platform.processes().stream()
                .filter(each -> each.name().equals(process) && each.isAlive())
                .findFirst()
                .orElseThrow(() -> new PlatformException("No process " + process + " runs."));
    }

    /** A call of Gyre's API, on its way. */
    Uni<JsonNode> kms(String action, Map<String, String> parameters) {
        return call(facts.endpoint(), KMS, action, parameters, administrator);
    }

    /** An answer, awaited. */
    static JsonNode answer(Uni<JsonNode> call) {
        return call.await().atMost(CALL.plusSeconds(1));
    }

    private JsonNode cloud(String version, String action, Map<String, String> parameters) {
        return answer(call(facts.simulatorEndpoint(), version, action, parameters, account));
    }

    private Uni<JsonNode> call(
            URI endpoint, String version, String action, Map<String, String> parameters, RpcCredentials signer) {
        return client.call(new RpcCall(endpoint, version, action, new TreeMap<>(parameters), signer, CALL));
    }

    /**
     * Secrets of RDS accounts, two of an instance each, spread over instances.
     *
     * @return their names
     */
    public List<String> rdsSecrets(int instances, int secretsEach) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            ids.add(cloud(
                            RDS,
                            "CreateDBInstance",
                            Map.of(
                                    "RegionId", "cn-hangzhou",
                                    "Engine", "PostgreSQL",
                                    "EngineVersion", "16.0",
                                    "DBInstanceClass", "pg.n2.small.1",
                                    "DBInstanceStorage", "20",
                                    "DBInstanceNetType", "Intranet",
                                    "SecurityIPList", "127.0.0.1",
                                    "PayType", "Postpaid"))
                    .path("DBInstanceId")
                    .asText());
        }
        ids.forEach(id -> await("instance " + id, () -> isRunning(id)));
        List<String> secrets = new ArrayList<>();
        for (String id : ids) {
            Map<String, String> passwords = accounts(id, secretsEach * 2);
            for (int n = 0; n < secretsEach; n++) {
                secrets.add(rdsSecret(id, List.of("app_" + 2 * n, "app_" + (2 * n + 1)), passwords));
            }
        }
        return secrets;
    }

    private boolean isRunning(String instance) {
        return cloud(RDS, "DescribeDBInstanceAttribute", Map.of("DBInstanceId", instance))
                .path("Items")
                .path("DBInstanceAttribute")
                .path(0)
                .path("DBInstanceStatus")
                .asText()
                .equals("Running");
    }

    private Map<String, String> accounts(String instance, int count) {
        Map<String, String> passwords = new TreeMap<>();
        for (int n = 0; n < count; n++) {
            String password = "aA1_" + PrivateFile.randomText(12);
            passwords.put("app_" + n, password);
            cloud(
                    RDS,
                    "CreateAccount",
                    Map.of("DBInstanceId", instance, "AccountName", "app_" + n, "AccountPassword", password));
        }
        await("the accounts of " + instance, () -> available(instance) == count);
        return passwords;
    }

    private int available(String instance) {
        int available = 0;
        for (JsonNode each : cloud(RDS, "DescribeAccounts", Map.of("DBInstanceId", instance))
                .path("Accounts")
                .path("DBInstanceAccount")) {
            available += each.path("AccountStatus").asText().equals("Available") ? 1 : 0;
        }
        return available;
    }

    private String rdsSecret(String instance, List<String> names, Map<String, String> passwords) {
        List<Map<String, String>> both = names.stream()
                .map(name -> Map.of("AccountName", name, "AccountPassword", passwords.getOrDefault(name, "")))
                .toList();
        return create(
                "db/" + instance + "/" + names.get(0),
                "Rds",
                Map.of("Accounts", both),
                Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", instance));
    }

    /**
     * Secrets that nobody rotates, all with one value.
     *
     * @return their names
     */
    public List<String> genericSecrets(int count, String value) {
        List<String> names = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            names.add(answer(kms(
                            "CreateSecret", Map.of("SecretName", "read/" + n, "VersionId", "v1", "SecretData", value)))
                    .path("SecretName")
                    .asText());
        }
        return names;
    }

    /** The secret of a new RAM user. */
    String ramSecret(String user) {
        letRamRotate();
        cloud(RAM, "CreateUser", Map.of("UserName", user));
        JsonNode key = cloud(RAM, "CreateAccessKey", Map.of("UserName", user)).path("AccessKey");
        Map<String, String> known = Map.of(
                "AccessKeyId", key.path("AccessKeyId").asText(),
                "AccessKeySecret", key.path("AccessKeySecret").asText());
        return create(
                "$Auto",
                "RAMCredentials",
                Map.of("AccessKeys", List.of(known)),
                Map.of("SecretSubType", "RamUserAccessKey", "UserName", user));
    }

    /** What a RAM administrator does once, and may do again. */
    private void letRamRotate() {
        String role = "AliyunKMSManagedRAMCrendentialsRole";
        String trust = "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                + "\"Principal\":{\"Service\":[\"kms.aliyuncs.com\"]}}]}";
        unlessThere("CreateRole", Map.of("RoleName", role, "AssumeRolePolicyDocument", trust));
        unlessThere(
                "AttachPolicyToRole",
                Map.of(
                        "RoleName",
                        role,
                        "PolicyType",
                        "System",
                        "PolicyName",
                        "AliyunKMSManagedRAMCrendentialsRolePolicy"));
    }

    private void unlessThere(String action, Map<String, String> parameters) {
        try {
            answer(call(facts.endpoint(), RAM, action, parameters, administrator));
        } catch (RpcFault refusal) {
            if (!refusal.code().startsWith("EntityAlreadyExists.")) {
                throw refusal;
            }
        }
    }

    private String create(String name, String type, Map<String, ?> value, Map<String, String> config) {
        Map<String, String> parameters = Map.of(
                "SecretName",
                name,
                "VersionId",
                "v1",
                "SecretType",
                type,
                "SecretData",
                JSON.valueToTree(value).toString(),
                "ExtendedConfig",
                JSON.valueToTree(config).toString());
        return answer(kms("CreateSecret", parameters)).path("SecretName").asText();
    }

    private static void await(String what, BooleanSupplier there) {
        if (!Poll.until(SETS_UP_WITHIN, there)) {
            throw new PlatformException(
                    "The simulated cloud did not make " + what + " within " + SETS_UP_WITHIN.toSeconds() + " s.");
        }
    }

    @Override
    public void close() {
        answerIgnored(client.close());
        vertx.close();
        platform.close();
    }

    private static void answerIgnored(Uni<Void> closing) {
        closing.onFailure().recoverWithNull().await().atMost(CALL);
    }
}
