package io.gyre.api.schedule;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.models.CreateSecretRequest;
import io.gyre.api.testing.ApiProcess;
import io.gyre.platform.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/** What is due is begun by all processes together, each of them as it is deployed. */
class SharedScanIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int SECRETS = 200;

    /** Of which each process takes one before it can begin anything. */
    private static final int BATCH = 20;

    @TempDir
    private Path folder;

    private final TestPostgres.Database database = TestPostgres.freshDatabase();
    private ApiProcess first;
    private ApiProcess second;
    private Connection connection;

    @BeforeEach
    void startTwo() throws Exception {
        first = process("first");
        second = process("second");
        await().atMost(PATIENCE).until(() -> first.isReady() && second.isReady());
        Properties owner = new Properties();
        owner.setProperty("user", database.user());
        owner.setProperty("password", database.password().reveal());
        connection = new Driver().connect(database.jdbcUrl(), owner);
    }

    /** PostgreSQL knows it by this name. */
    private ApiProcess process(String name) throws Exception {
        return new ApiProcess(database, folder, folder.resolve(name))
                .with("GYRE_SCHEDULE_BATCH", Integer.toString(BATCH))
                .with("GYRE_SECRETS_VERIFY_ACCOUNTS", "false")
                .with(
                        "JAVA_TOOL_OPTIONS",
                        "-Dquarkus.datasource.reactive.additional-properties.application_name=" + name)
                .start();
    }

    @AfterEach
    void stopBoth() throws Exception {
        connection.close();
        first.close();
        second.close();
    }

    private void change(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Notes who begins a rotation, and has whoever does wait until the test lets go of the lock. */
    private void watchBeginnings() throws SQLException {
        change("CREATE TABLE begun (secret_id bigint, process text)");
        change("""
            CREATE FUNCTION note_beginning() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                PERFORM pg_advisory_xact_lock_shared(7001);
                INSERT INTO begun VALUES (NEW.secret_id, current_setting('application_name'));
                RETURN NEW;
            END $$\
            """);
        change("CREATE TRIGGER note_beginning BEFORE INSERT ON rotation"
                + " FOR EACH ROW EXECUTE FUNCTION note_beginning()");
        change("SELECT pg_advisory_lock(7001)");
    }

    /** Each at an instance of its own, all due an hour ago. */
    private void addDueSecrets() throws Exception {
        first.client("http")
                .createSecret(new CreateSecretRequest()
                        .setSecretName("model")
                        .setSecretType("Rds")
                        .setVersionId("v1")
                        .setExtendedConfig(Map.of("SecretSubType", "SingleUser", "DBInstanceId", "rm-model"))
                        .setSecretData(
                                "{\"Accounts\":[{\"AccountName\":\"app\",\"AccountPassword\":\"rds-password-1\"}]}"));
        change("BEGIN");
        change("INSERT INTO secret (account_id, name, arn, secret_type, secret_sub_type, extended_config, key_id,"
                + " created_at, updated_at, rotation_status, rotation_interval_seconds, next_rotation_at) SELECT"
                + " account_id, 'many/' || n, arn || n, secret_type, secret_sub_type,"
                + " CAST(jsonb_set(CAST(extended_config AS jsonb), '{DBInstanceId}', to_jsonb('rm-' || n)) AS"
                + " text), key_id, created_at, updated_at, 'Enabled', 2592000, calendar_now() - interval '1 hour'"
                + " FROM secret, generate_series(1, " + SECRETS + ") AS n WHERE name = 'model'");
        for (String table : List.of("secret_version", "secret_stage")) {
            change("INSERT INTO " + table
                    + " SELECT (jsonb_populate_record(t, jsonb_build_object('secret_id', s.secret_id))).*"
                    + " FROM " + table + " t JOIN secret m ON m.secret_id = t.secret_id AND m.name = 'model',"
                    + " secret s WHERE s.name LIKE 'many/%'");
        }
        change("COMMIT");
    }

    @Test
    void whatIsDueIsBegunOnceByEitherProcess() throws Exception {
        watchBeginnings();
        addDueSecrets();
        await().atMost(PATIENCE).until(() -> texts(
                        "SELECT DISTINCT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                                + " WHERE l.locktype = 'advisory' AND l.objid = 7001 AND NOT l.granted"
                                + " AND a.datname = current_database() ORDER BY 1")
                .equals(List.of("first", "second")));
        change("SELECT pg_advisory_unlock(7001)");
        await().atMost(PATIENCE)
                .until(() -> texts("SELECT count(*) FROM rotation_plan WHERE begins_at <= calendar_now()")
                                .equals(List.of("0"))
                        && texts("SELECT count(DISTINCT secret_id) FROM begun").equals(List.of("" + SECRETS)));
        assertEquals(List.of("" + SECRETS), texts("SELECT count(*) FROM begun"), "None is begun twice.");
        assertEquals(List.of("" + SECRETS), texts("SELECT count(*) FROM rotation WHERE trigger = 'automatic'"));
        assertEquals(List.of("first", "second"), texts("SELECT DISTINCT process FROM begun ORDER BY process"));
    }
}
