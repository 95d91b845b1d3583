package io.gyre.api.testing;

import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Gyre's database, looked at from outside. */
@ApplicationScoped
public class Rows {
    /** What the service writes by itself, whatever is asked of it. */
    private static final String QUIET_TABLES = """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
              AND table_name NOT LIKE 'qrtz%' AND table_name NOT LIKE 'audit%' AND table_name NOT IN ('outbox', 'flyway_schema_history', 'used_nonce', 'root_key_process', 'root_key_session', 'rotation_schedule')
            ORDER BY table_name
            """;

    private static final String WHAT_THE_SCANS_WILL_DO = """
            SELECT (SELECT count(*) FROM secret s LEFT JOIN rotation_plan p USING (secret_id) JOIN kms_key k USING (key_id) JOIN kms_instance i ON i.instance_id = k.instance_id
                    WHERE s.deletion_planned_at <= calendar_now()
                       OR p.begins_at <= calendar_now() AND k.key_state = 'Enabled'
                          AND instance_usable(i.expires_at)
                          AND NOT EXISTS (
                            SELECT 1 FROM rotation r WHERE r.secret_id = s.secret_id AND r.ended_at IS NULL))
                 + (SELECT count(*) FROM kms_key k
                    WHERE k.deletion_planned_at <= calendar_now()
                       OR k.key_state = 'Enabled' AND k.next_rotation_at <= calendar_now()
                          AND EXISTS (SELECT 1 FROM kms_instance i
                                      WHERE i.instance_id = k.instance_id AND instance_usable(i.expires_at)))
                 + (SELECT count(*) FROM kms_instance i
                    WHERE i.released_at IS NULL AND i.expires_at <= calendar_now() - interval '15 days'
                      AND NOT EXISTS (
                        SELECT 1 FROM kms_key k JOIN secret s USING (key_id) JOIN rotation r USING (secret_id)
                        WHERE k.instance_id = i.instance_id AND r.ended_at IS NULL))
                 + (SELECT count(*) FROM kms_instance i
                    WHERE i.warnings_told < CASE WHEN i.released_at IS NOT NULL THEN 7 ELSE
                        (SELECT count(*) FROM unnest(ARRAY[-30, -7, -1, 0, 8, 14]) AS day
                         WHERE calendar_now() >= i.expires_at + day * interval '1 day') END)
            """;

    private static final String ALL_TABLES = """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name
            """;

    private final String url;
    private final String owner;
    private final String password;

    Rows(
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.flyway.username") String owner,
            @ConfigProperty(name = "quarkus.flyway.password") String password) {
        this.url = url;
        this.owner = owner;
        this.password = password;
    }

    /** As the tables' owner, who may do what no process may. */
    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", owner);
        login.setProperty("password", password);
        // Not by DriverManager, which finds no driver if another class loader of this JVM asked it first.
        return new Driver().connect(url, login);
    }

    /** The first column of the rows, as text. */
    public List<@Nullable String> texts(String sql, Object... arguments) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<@Nullable String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** How PostgreSQL works on a statement, line by line, with what it really read; what the statement does is undone. */
    public List<String> explained(String sql) {
        try (Held transaction = held()) {
            return transaction.texts("EXPLAIN (ANALYZE, TIMING OFF) " + sql);
        }
    }

    /** A transaction of its own, which is rolled back in the end unless it was committed. */
    public Held held() {
        try {
            Connection connection = connect();
            connection.setAutoCommit(false);
            return new Held(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A transaction that a test holds open. */
    public static final class Held implements AutoCloseable {
        private final Connection connection;

        private Held(Connection connection) {
            this.connection = connection;
        }

        /** The first column of the rows, as text. */
        public List<String> texts(String sql, Object... arguments) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    statement.setObject(i + 1, arguments[i]);
                }
                List<String> texts = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        texts.add(String.valueOf(rows.getString(1)));
                    }
                }
                return texts;
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        public int change(String sql, Object... arguments) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    statement.setObject(i + 1, arguments[i]);
                }
                return statement.executeUpdate();
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        public void commit() {
            try {
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                connection.rollback();
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The one value of the one row. */
    public String text(String sql, Object... arguments) {
        List<@Nullable String> texts = texts(sql, arguments);
        if (texts.size() != 1) {
            throw new IllegalStateException(texts.size() + " rows instead of one: " + sql);
        }
        return String.valueOf(texts.get(0));
    }

    public long count(String sql, Object... arguments) {
        return Long.parseLong(text(sql, arguments));
    }

    public int change(String sql, Object... arguments) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Moves the calendar on, so that its dates come without waiting for them. */
    public void passDays(int days) {
        change("UPDATE calendar SET calendar_origin = calendar_origin + ? * interval '1 day'", days);
    }

    /** The secret's labels, each with its version: {@code ACSCurrent v2, ACSPrevious v1}. */
    public String stages(String secretName) {
        return text(
                "SELECT coalesce(string_agg(g.stage || ' ' || g.version_id, ', ' ORDER BY g.stage COLLATE \"C\"), '')"
                        + " FROM secret_stage g JOIN secret s USING (secret_id) WHERE s.name = ?",
                secretName);
    }

    /** The rotation of the secret that has not ended, in one column; nothing where there is none. */
    public List<@Nullable String> activeRotation(String column, String secretName) {
        return texts(
                "SELECT CAST(r." + column + " AS text) FROM rotation r JOIN secret s USING (secret_id)"
                        + " WHERE s.name = ? AND r.ended_at IS NULL",
                secretName);
    }

    /** Ends the secret's rotation as a worker would that gave it up. */
    public void endRotation(String secretName) {
        change(
                "UPDATE rotation r SET state = 'Failed', ended_at = calendar_now(), ended_at_wall = clock_timestamp(),"
                        + " wake_clock = NULL, wake_at = NULL FROM secret s"
                        + " WHERE s.secret_id = r.secret_id AND s.name = ? AND r.ended_at IS NULL",
                secretName);
    }

    /** Has the scan look at a secret that a policy rotates at another time, an SQL expression. */
    public void beginsAt(String time, String secretName) {
        change(
                "UPDATE rotation_plan p SET begins_at = " + time
                        + " FROM secret s WHERE s.secret_id = p.secret_id AND s.name = ?",
                secretName);
    }

    /**
     * Everything that requests can change, as text: equal before and after what must leave no trace but the key's last use and nonce. What the calendar
     * brings is waited for first, so that a scan does not change rows in between.
     */
    public String everythingKept() {
        await().atMost(Duration.ofSeconds(60)).until(() -> count(WHAT_THE_SCANS_WILL_DO) == 0);
        return dump(QUIET_TABLES, "CAST(to_jsonb(t) - '{last_used_at,begins_at,held_by,held_since}'::text[] AS text)");
    }

    /** Every table as text; bytes are hexadecimal in it. */
    public String everything() {
        return dump(ALL_TABLES, "CAST(t AS text)");
    }

    private String dump(String tables, String row) {
        StringBuilder dump = new StringBuilder();
        for (String table : texts(tables)) {
            dump.append(table).append('\n');
            texts("SELECT " + row + " FROM " + table + " t ORDER BY 1")
                    .forEach(text -> dump.append(text).append('\n'));
        }
        return dump.toString();
    }
}
