package io.gyre.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.UpdateSecretRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teautil.models.RuntimeOptions;
import io.gyre.api.testing.ApiProcess;
import io.gyre.api.testing.CutLine;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.SteadyCallers;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.testing.SpanReceiver;
import io.gyre.platform.testing.SpanReceiver.Protocol;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.rpc.RpcV1Signature;
import io.gyre.store.Tables;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program: how it starts, how it says that it cannot, and how it ends. */
class ApiServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** As a shell has it: 128 and the signal's number. */
    private static final int TERMINATED = 128 + 15;

    private final TestPostgres.Database database = TestPostgres.freshDatabase();

    @TempDir
    Path folder;

    @Test
    void twoThatStartAtOnceMakeOneKeyAndBothServeOneOfThemOverTls() throws Exception {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
        try (ApiProcess first = process("first").start();
                ApiProcess second = process("second")
                        .with("GYRE_API_TLS_CERTIFICATE", certificate.certificatePath())
                        .with("GYRE_API_TLS_KEY", certificate.privateKeyPath())
                        .start()) {
            await().atMost(PATIENCE)
                    .until(() -> (first.isReady() && second.isReady()) || !first.isAlive() || !second.isAlive());
            assertTrue(first.isAlive() && second.isAlive(), () -> first.log() + second.log());
            assertEquals("1", text("SELECT count(*) FROM access_key"));
            Properties key = first.administratorKey();
            expectServed(first, "http", key);
            expectServed(second, "https", key);
            first.terminate();
            assertEquals(TERMINATED, first.exit());
            assertFalse(first.log().contains("ERROR"), first.log());
        }
    }

    @Test
    void aRequestThatOneProcessAnsweredIsRefusedByEveryOther() throws Exception {
        try (ApiProcess first = process("first").start();
                ApiProcess second = process("second").start()) {
            await().atMost(PATIENCE)
                    .until(() -> (first.isReady() && second.isReady()) || !first.isAlive() || !second.isAlive());
            assertTrue(first.isAlive() && second.isAlive(), () -> first.log() + second.log());
            String signed = signedQuery(first.administratorKey());
            assertEquals(200, first.get(signed).statusCode());
            HttpResponse<String> again = second.get(signed);
            assertEquals(400, again.statusCode());
            assertTrue(again.body().contains("\"SignatureNonceUsed\""), again.body());
            assertEquals(400, first.get(signed).statusCode());
        }
    }

    /** In the elder generation, which signs no host: the same bytes go to any process. */
    private static String signedQuery(Properties key) {
        SortedMap<String, String> parameters = new TreeMap<>(Map.of(
                "Action", "DescribeRegions",
                "Version", "2016-01-20",
                "AccessKeyId", key.getProperty("AccessKeyId"),
                "SignatureMethod", "HMAC-SHA1",
                "SignatureVersion", "1.0",
                "SignatureNonce", UUID.randomUUID().toString(),
                "Timestamp", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        parameters.put(
                "Signature",
                RpcV1Signature.sign(
                        RpcV1Signature.stringToSign("GET", parameters), key.getProperty("AccessKeySecret")));
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static void expectServed(ApiProcess process, String protocol, Properties key) throws Exception {
        Client client = process.client(protocol);
        RuntimeOptions anyCertificate = new RuntimeOptions().setIgnoreSSL(true);
        String name = "over/" + protocol;
        client.createSecretWithOptions(
                new CreateSecretRequest().setSecretName(name).setVersionId("v1").setSecretData("value"),
                anyCertificate);
        assertEquals(
                "value",
                client.getSecretValueWithOptions(new GetSecretValueRequest().setSecretName(name), anyCertificate)
                        .getBody()
                        .getSecretData());
        assertFalse(process.log().contains(key.getProperty("AccessKeySecret")));
    }

    @Test
    void whileTheDatabaseIsAwayRequestsAreToldSoAndTheLogIsToldOnce() throws Exception {
        try (CutLine line = new CutLine(database.host(), database.port());
                ApiProcess process = process("process")
                        .with("GYRE_DB_PORT", Integer.toString(line.port()))
                        .start()) {
            await().atMost(PATIENCE).until(() -> process.isReady() || !process.isAlive());
            Client client = process.client("http");
            CreateSecretRequest create = new CreateSecretRequest()
                    .setSecretName("kept")
                    .setVersionId("v1")
                    .setSecretData("value");
            client.createSecret(create);
            GetSecretValueRequest get = new GetSecretValueRequest().setSecretName("kept");

            line.cut();
            for (int call = 0; call < 3; call++) {
                Refusal.expect(
                        503,
                        "ServiceUnavailableTemporary",
                        "Service Unavailable Temporary. Its database cannot be reached: try again.",
                        () -> client.getSecretValue(get));
            }
            assertEquals(503, process.health("ready"));
            assertTrue(process.isLive(), "a restart would mend nothing");
            line.mend();
            await().atMost(PATIENCE)
                    .ignoreExceptionsMatching(TeaException.class::isInstance)
                    .until(() ->
                            client.getSecretValue(get).getBody().getSecretData().equals("value"));

            assertEquals(1, occurrences(process.log(), "PostgreSQL cannot be reached"), process.log());
            assertEquals(1, occurrences(process.log(), "PostgreSQL is reached again"), process.log());
            assertEquals(0, occurrences(process.log(), "failed in request"), process.log());
        }
    }

    /** What listens there at first takes no traces; then nobody does, and then a collector. */
    @Test
    void whileTracesCannotBeSentCallsAreAnsweredAndTheLogIsToldOnce() throws Exception {
        int port = LoopbackPort.anyFree();
        try (ApiProcess process = process("process")
                .with("GYRE_TRACES_ENDPOINT", "http://127.0.0.1:" + port)
                .with("GYRE_TRACES_PROTOCOL", Protocol.HTTP.setting())
                .with("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "100ms")
                .start()) {
            try (SpanReceiver other = new SpanReceiver(Protocol.GRPC, port)) {
                await().atMost(PATIENCE).until(() -> process.isReady() || !process.isAlive());
                process.client("http")
                        .createSecret(new CreateSecretRequest()
                                .setSecretName("kept")
                                .setVersionId("v1")
                                .setSecretData("value"));
                await().atMost(PATIENCE).until(() -> process.log().contains("Traces cannot be sent"));
                assertEquals(List.of(), other.spans());
            }
            Client client = process.client("http");
            GetSecretValueRequest get = new GetSecretValueRequest().setSecretName("kept");
            for (int call = 0; call < 100; call++) {
                assertEquals("value", client.getSecretValue(get).getBody().getSecretData());
            }
            try (SpanReceiver collector = new SpanReceiver(Protocol.HTTP, port)) {
                await().atMost(PATIENCE).until(() -> {
                    client.getSecretValue(get);
                    return collector.spans().stream()
                            .anyMatch(span -> span.name().equals("Kms/GetSecretValue"));
                });
            }
            process.terminate();
            assertEquals(TERMINATED, process.exit(), process.log());
            assertEquals(1, occurrences(process.log(), "Traces cannot be sent"), process.log());
            assertFalse(process.log().contains("Marshaler"), process.log());
        }
    }

    @Test
    void aProcessThatIsAskedToEndSaysThatItIsNotReadyAndGoesOnAnswering() throws Exception {
        try (ApiProcess process =
                process("process").with("GYRE_STOP_ANNOUNCED", "1h").start()) {
            await().atMost(PATIENCE).until(() -> process.isReady() || !process.isAlive());
            HttpResponse<String> before = process.get(signedQuery(process.administratorKey()));
            assertEquals(Optional.empty(), before.headers().firstValue("connection"));

            process.terminate();
            await().atMost(PATIENCE).until(() -> process.health("ready") == 503);

            HttpResponse<String> after = process.get(signedQuery(process.administratorKey()));
            assertEquals(200, after.statusCode(), after.body());
            assertEquals(Optional.of("close"), after.headers().firstValue("connection"));
            assertTrue(process.isLive(), "whoever finds it dead kills it");
        }
    }

    /** As an ingress does: calls go to processes that say that they are ready, over connections that are kept. */
    @Test
    void callersWhoFollowTheReadinessSeeNoErrorWhileAProcessEnds() throws Exception {
        try (ApiProcess first =
                        process("first").with("GYRE_STOP_ANNOUNCED", "10s").start();
                ApiProcess second = process("second").start()) {
            await().atMost(PATIENCE)
                    .until(() -> (first.isReady() && second.isReady()) || !first.isAlive() || !second.isAlive());
            assertTrue(first.isAlive() && second.isAlive(), () -> first.log() + second.log());
            first.client("http")
                    .createSecret(new CreateSecretRequest()
                            .setSecretName("read")
                            .setVersionId("v1")
                            .setSecretData("value"));
            try (SteadyCallers callers = new SteadyCallers(List.of(first, second), "read")) {
                await().atMost(PATIENCE).until(() -> callers.answeredBy(first) >= 100);
                first.terminate();
                assertEquals(TERMINATED, first.exit(), first.log());
                int before = callers.answeredBy(second);
                await().atMost(PATIENCE).until(() -> callers.answeredBy(second) >= before + 100);
                assertEquals(List.of(), callers.failures());
            }
            assertFalse(first.log().contains("ERROR"), first.log());
        }
    }

    /** A row that the call changes is locked by somebody else for as long as the process is asked to end. */
    @Test
    void aCallThatIsOpenWhenTheProcessEndsIsAnswered() throws Exception {
        try (ApiProcess process = process("process").start();
                Connection holder = DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password().reveal());
                Statement statement = holder.createStatement()) {
            await().atMost(PATIENCE).until(() -> process.isReady() || !process.isAlive());
            Client client = process.client("http");
            client.createSecret(new CreateSecretRequest()
                    .setSecretName("held")
                    .setVersionId("v1")
                    .setSecretData("value"));
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM secret WHERE name = 'held' FOR UPDATE");
            CompletableFuture<Integer> open = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.updateSecret(new UpdateSecretRequest()
                                    .setSecretName("held")
                                    .setDescription("told at the end"))
                            .getStatusCode();
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            await().atMost(PATIENCE).until(() -> text("SELECT count(*) FROM pg_stat_activity WHERE datname ="
                            + " current_database() AND wait_event_type = 'Lock'")
                    .equals("1"));

            process.terminate();
            await().atMost(PATIENCE).until(() -> process.get("any").statusCode() == 503);
            assertFalse(open.isDone());
            holder.rollback();

            assertEquals(200, open.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertEquals(TERMINATED, process.exit(), process.log());
            assertEquals("told at the end", text("SELECT description FROM secret WHERE name = 'held'"));
        }
    }

    /** As a version before does, whose node is drained amid an upgrade, or once the upgrade is taken back. */
    @Test
    void onTablesWithMigrationsThatItDoesNotKnowItStartsUnlessTheySayThatItIsTooOld() throws Exception {
        try (ApiProcess process = process("first").start()) {
            await().atMost(PATIENCE).until(() -> process.isReady() || !process.isAlive());
            assertTrue(process.isAlive(), process::log);
        }
        change("""
            INSERT INTO flyway_schema_history
            SELECT installed_rank + 1, '9000', 'room', type, 'V9000__room.sql', checksum, installed_by, now(), 0, true
            FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1
            """);
        try (ApiProcess again = process("again").start()) {
            await().atMost(PATIENCE).until(() -> again.isReady() || !again.isAlive());
            assertTrue(again.isAlive(), again::log);
            expectServed(again, "http", again.administratorKey());
        }
        change("COMMENT ON TABLE flyway_schema_history IS 'Versions whose last migration is 8999 or later.'");
        expectRefusal(
                process("too-old"),
                "the tables in PostgreSQL have migration 9000, and take no version of Gyre whose last one is before 8999; this"
                        + " one's is " + Tables.NEWEST_MIGRATION + ": start the version that was here before the last"
                        + " upgrade, or a newer one.");
    }

    private static int occurrences(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void aMissingRootKeyIsSaidInOneSentence() throws Exception {
        expectRefusal(
                process("process")
                        .with("GYRE_ROOT_KEY_FILE", folder.resolve("absent").toString()),
                "The root key's file " + folder.resolve("absent") + " cannot be read");
    }

    @Test
    void anAbsentDatabaseIsSaidInOneSentence() throws Exception {
        expectRefusal(process("process").with("GYRE_DB_PORT", "1"), "PostgreSQL refused or did not answer");
    }

    @Test
    void aWrongPasswordIsSaidInOneSentence() throws Exception {
        expectRefusal(process("process").with("GYRE_DB_USER", "nobody"), "password authentication failed for user");
    }

    @Test
    void aSpeedOutsideTheLocalPlatformIsSaidInOneSentence() throws Exception {
        expectRefusal(
                process("process").with("GYRE_LOCAL_PLATFORM", "false").with("GYRE_CALENDAR_SPEED", "7200"),
                "GYRE_CALENDAR_SPEED is 7200.0");
    }

    @Test
    void plainHttpOutsideTheLocalPlatformOrBeyondThisMachineIsRefused() throws Exception {
        expectRefusal(
                process("process").with("GYRE_LOCAL_PLATFORM", "false"),
                "The KMS API would be served by plain HTTP at 127.0.0.1: name a certificate");
        expectRefusal(
                process("other").with("GYRE_API_HOST", "0.0.0.0"),
                "The KMS API would be served by plain HTTP at 0.0.0.0");
    }

    @Test
    void anInvalidSettingIsNamedInOneSentence() throws Exception {
        expectRefusal(process("process").with("GYRE_ACCOUNT", "mine"), "must be an account's number");
        expectRefusal(process("process").with("GYRE_API_PORT", "70000"), "gyre.api.port");
        expectRefusal(process("process").with("GYRE_API_PORT", "many"), "gyre.api.port");
    }

    @Test
    void aTakenPortIsSaidInOneSentence() throws Exception {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            expectRefusal(process("process").with("GYRE_API_PORT", port), "its port is taken");
            expectRefusal(process("process").with("GYRE_OPS_PORT", port), "its port is taken");
        }
    }

    private void expectRefusal(ApiProcess refused, String sentence) throws Exception {
        try (ApiProcess process = refused.start()) {
            assertEquals(1, process.exit(), process.log());
            String log = process.log();
            assertTrue(
                    log.lines()
                            .anyMatch(
                                    line -> line.startsWith("api-service did not start: ") && line.contains(sentence)),
                    log);
            assertFalse(log.contains("\tat "), log);
            assertFalse(log.contains("Exception"), log);
        }
    }

    private ApiProcess process(String name) throws Exception {
        return new ApiProcess(database, folder, folder.resolve(name));
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password().reveal());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
