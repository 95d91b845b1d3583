package io.gyre.api.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.testing.TestPostgres;
import io.gyre.start.StartFailure;
import io.gyre.store.Tables;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/** This version, started again on the tables of a next one: that has a table more and grants more, in a database of the test's own. */
@QuarkusTest
class NewerTablesTest {
    private static final String GRANTS = "afterMigrate__grants.sql";

    private static final int NEXT = 9_000;

    /** Every right that somebody has on something of Gyre's: on tables and sequences, on columns, on functions. */
    private static final String RIGHTS = """
            SELECT relname || ' ' || acl::text FROM pg_class, unnest(relacl) AS acl WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT relname || '.' || attname || ' ' || acl::text FROM pg_attribute JOIN pg_class t ON t.oid = attrelid,
                unnest(attacl) AS acl WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT proname || ' ' || acl::text FROM pg_proc, unnest(proacl) AS acl WHERE pronamespace = 'public'::regnamespace
            ORDER BY 1
            """;

    @Inject
    Flyway settings;

    @TempDir
    Path next;

    private final TestPostgres.Database database = TestPostgres.freshDatabase();

    @BeforeEach
    void theRolesAreThere() {
        TestPostgres.sharedRole("gyre_api");
        TestPostgres.sharedRole("gyre_worker");
    }

    @Test
    void itStartsOnTheNextVersionsTablesAndLeavesTheirRightsAlone() throws Exception {
        thisVersion().migrate();
        nextVersion(Tables.NEWEST_MIGRATION);
        List<String> granted = rights();
        assertTrue(granted.contains("room gyre_worker=r/" + database.user()), granted.toString());
        assertTrue(granted.contains("secret.policy gyre_worker=w/" + database.user()), granted.toString());

        assertEquals(0, thisVersion().migrate().migrationsExecuted);
        assertEquals(granted, rights());
    }

    /** Between a migration and the rights on what it makes, another process may start. */
    @Test
    void itLeavesTheRightsAloneWhileTheNextVersionMigrates() throws Exception {
        nextVersion(Tables.NEWEST_MIGRATION);
        sql("REVOKE ALL ON room FROM gyre_worker");
        List<String> between = rights();
        thisVersion().migrate();
        assertEquals(between, rights());
    }

    @Test
    void itIsToldInOneSentenceWhichTablesItIsTooOldFor() throws Exception {
        thisVersion().migrate();
        nextVersion(NEXT - 1);
        List<String> granted = rights();
        FlywayException refusal =
                assertThrows(FlywayException.class, () -> thisVersion().migrate());
        assertEquals(
                "api-service did not start: the tables in PostgreSQL have migration 9000, and take no version of Gyre whose last"
                        + " one is before 8999; this one's is " + Tables.NEWEST_MIGRATION
                        + ": start the version that was here before the last upgrade, or a newer one.",
                StartFailure.sentence("api-service", "GYRE_API_PORT", refusal));
        assertEquals(granted, rights());
    }

    @Test
    void itGrantsItsOwnRightsAnewAtEachStartOnItsOwnTables() throws Exception {
        thisVersion().migrate();
        List<String> granted = rights();
        sql("REVOKE ALL ON secret FROM gyre_worker");
        assertEquals(0, thisVersion().migrate().migrationsExecuted);
        assertEquals(granted, rights());
    }

    /** As api-service migrates, but in the test's own database. */
    private Flyway thisVersion() {
        return configuration().load();
    }

    private FluentConfiguration configuration() {
        return new FluentConfiguration(Thread.currentThread().getContextClassLoader())
                .configuration(settings.getConfiguration())
                .dataSource(
                        database.jdbcUrl(), database.user(), database.password().reveal());
    }

    /**
     * Starts it.
     *
     * @param versionBefore the last migration of the oldest version that it lets work on its tables
     */
    private void nextVersion(int versionBefore) throws IOException {
        // Both of its migrations and what grants are in files: what is on the class path is this version's.
        Files.writeString(
                next.resolve("V" + NEXT + "__room.sql"),
                "CREATE TABLE room (room_id bigint PRIMARY KEY); ALTER TABLE secret ADD COLUMN room_id bigint;");
        for (String file : migrations()) {
            Files.writeString(next.resolve(file), text(file));
        }
        Files.writeString(
                next.resolve(GRANTS),
                replaced(
                        replaced(
                                replaced(
                                        text(GRANTS),
                                        "newest CONSTANT integer := " + Tables.NEWEST_MIGRATION,
                                        "newest CONSTANT integer := " + NEXT),
                                "version_before CONSTANT integer := \\d+",
                                "version_before CONSTANT integer := " + versionBefore),
                        "GRANT SELECT ON\n            rotation,",
                        "GRANT UPDATE (policy) ON secret TO gyre_worker;\n"
                                + "        GRANT SELECT ON\n            room, rotation,"));
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(), database.user(), database.password().reveal())
                .locations("filesystem:" + next)
                .load()
                .migrate();
    }

    private List<String> migrations() {
        List<String> names = new ArrayList<>();
        for (var migration : settings.info().all()) {
            names.add(Path.of(migration.getScript()).getFileName().toString());
        }
        return names;
    }

    private static String replaced(String text, String pattern, String by) {
        Matcher there = Pattern.compile(pattern).matcher(text);
        assertTrue(there.find(), () -> "nothing there is like " + pattern);
        return there.replaceFirst(by);
    }

    private static String text(String file) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(Tables.class.getResourceAsStream("/db/migration/" + file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> rights() throws SQLException {
        List<String> rights = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(RIGHTS)) {
            while (rows.next()) {
                rights.add(rows.getString(1));
            }
        }
        return rights;
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", database.user());
        login.setProperty("password", database.password().reveal());
        return new Driver().connect(database.jdbcUrl(), login);
    }
}
