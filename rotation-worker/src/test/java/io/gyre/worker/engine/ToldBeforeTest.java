package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Entries of timelines that are older than the numbers of their events. */
class ToldBeforeTest {
    private static final String BEFORE = "22";

    @Test
    void oldEntriesAreNumberedInTheirOrderAndNewOnesAfterThem() throws SQLException {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        migrate(database, BEFORE);
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password().reveal());
                Statement sql = connection.createStatement()) {
            // In another order than they happened in.
            sql.execute("INSERT INTO rotation_step SELECT gen_random_uuid(), 1, 'P', state, '', NULL, now(),"
                    + " timestamptz '2026-01-01' + n * interval '1 second'"
                    + " FROM (VALUES (3, 'Waiting'), (1, 'Running'), (2, 'Failed')) AS v (n, state)");
            migrate(database, "latest");
            sql.execute("INSERT INTO rotation_step (rotation_id, step, phase, state, note, at, at_wall)"
                    + " VALUES (gen_random_uuid(), 1, 'P', 'Running', '', now(), now())");
            List<String> numbered =
                    texts(sql, "SELECT position || ' ' || event_type FROM rotation_step ORDER BY at_wall");
            assertEquals(
                    List.of(
                            "1 io.gyre.rotation.stepped.v1",
                            "2 io.gyre.rotation.failed.v1",
                            "3 io.gyre.rotation.waiting.v1",
                            "4 io.gyre.rotation.stepped.v1"),
                    numbered);
            assertTrue(texts(sql, "SELECT count(DISTINCT event_id)::text FROM rotation_step")
                    .contains("4"));
        }
    }

    private static void migrate(TestPostgres.Database database, String target) {
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(), database.user(), database.password().reveal())
                .target(target)
                .load()
                .migrate();
    }

    private static List<String> texts(Statement sql, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
