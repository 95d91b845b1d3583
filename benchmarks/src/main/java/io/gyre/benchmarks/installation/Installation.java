package io.gyre.benchmarks.installation;

import io.gyre.benchmarks.server.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** Gyre's tables in a database of their own, with as many secrets as a benchmark needs. */
public final class Installation {
    /** The rotation type of the benchmarks' machines. */
    public static final String TYPE = "bench";

    /** As the API begins them one by one; more in a statement would only make the requests cheaper. */
    private static final int REQUESTS_A_STATEMENT = 100;

    private static final Duration OVERLAP = Duration.ofHours(48);

    /** A key whose material is not used: these machines ask for no credential's value. */
    private static final String KEY = """
            INSERT INTO kms_instance VALUES ('shared/1', '1', '', now());
            INSERT INTO kms_key (key_id, account_id, instance_id, key_spec, key_usage, origin, protection_level, creator,
                                 wrapped_material, created_at)
            VALUES ('key-1', '1', 'shared/1', 'Aliyun_AES_256', 'ENCRYPT/DECRYPT', 'Aliyun_KMS', 'SOFTWARE', '1', '', now())
            """;

    private static final String SECRETS = """
            WITH made AS (
                INSERT INTO secret (account_id, name, arn, secret_type, secret_sub_type, key_id, created_at, updated_at)
                SELECT '1', 'secret-' || n, 'acs:kms:cn-hangzhou:1:secret/secret-' || n, 'Rds', 'DoubleUsers', 'key-1',
                       now(), now()
                  FROM generate_series(1, ?) AS n RETURNING secret_id),
            versions AS (
                INSERT INTO secret_version (secret_id, version_id, data_type, credential_name, key_id, wrapped_data_key,
                                            ciphertext, created_at)
                SELECT secret_id, 'v1', 'text', 'app_a', 'key-1', '', '', now() FROM made)
            SELECT count(*) FROM made
            """;

    /** The rows that RotateSecret leaves: the rotation, its first timeline entry, and what Kafka is to be told of it. */
    private static final String REQUESTS = """
            WITH begun AS (
                INSERT INTO rotation (rotation_id, secret_id, secret_arn, rotation_type, secret_sub_type, trigger,
                                      candidate_version, former_version, target, target_key, late_clock, late_at, phase,
                                      state, steps, wake_clock, wake_at, requested_at)
                SELECT g.rotation_id, s.secret_id, s.arn, 'bench', 'DoubleUsers', 'automatic', 'v2', 'v1',
                       jsonb_build_object('Target', (s.secret_id % g.targets)::text), 'target-' || s.secret_id % g.targets, g.clock, g.due + interval '2 minutes',
                       'REQUESTED', 'Running', 1, g.clock, g.due, calendar_now()
                  FROM (SELECT u.*, ?::bigint AS targets, ?::timestamptz AS due, ?::text AS clock
                          FROM unnest(?::uuid[], ?::bigint[]) AS u (rotation_id, secret_id)) g
                  JOIN secret s USING (secret_id)
                RETURNING *),
            told AS (
                INSERT INTO rotation_step (rotation_id, step, phase, state, note, at, at_wall)
                SELECT rotation_id, 1, phase, state, 'Requested by its policy.', requested_at, requested_at_wall
                  FROM begun)
            INSERT INTO outbox (topic, record_key, event_type, data)
            SELECT 'gyre.rotation.requests.bench', secret_arn, 'io.gyre.rotation.requested.v1',
                   jsonb_build_object('rotationId', rotation_id, 'secretArn', secret_arn, 'rotationType', 'bench')
              FROM begun
            UNION ALL
            SELECT 'gyre.rotation.events', secret_arn, 'io.gyre.rotation.stepped.v1',
                   jsonb_build_object('rotationId', rotation_id, 'step', 1, 'secretArn', secret_arn, 'state', state)
              FROM begun
            """;

    private final Database database;
    private final int targets;

    private Installation(Database database, int targets) {
        this.database = database;
        this.targets = targets;
    }

    /**
     * Migrates an empty database and fills it.
     *
     * @param targets among how many targets the secrets are spread evenly
     */
    public static Installation in(Database database, int secrets, int targets) {
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(), database.user(), database.password().reveal())
                .load()
                .migrate();
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(SECRETS)) {
            connection.createStatement().execute(KEY);
            insert.setInt(1, secrets);
            insert.executeQuery().close();
            connection.createStatement().execute("ANALYZE");
        } catch (SQLException e) {
            throw new IllegalStateException("Gyre's tables could not be filled: " + e.getMessage(), e);
        }
        return new Installation(database, targets);
    }

    /** The database of it. */
    public Database database() {
        return database;
    }

    /** Asks for a rotation of so many secrets that have none yet; all are due now. */
    public void request(int rotations) {
        request(rotations, Instant.now());
    }

    /** Asks for a rotation of so many secrets that have none yet; all are due at the same instant. */
    public void request(int rotations, Instant due) {
        request(rotations, "operational", due);
    }

    private void request(int rotations, String clock, Instant due) {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(REQUESTS)) {
            List<Long> secrets = withoutRotation(connection, rotations);
            for (int from = 0; from < secrets.size(); from += REQUESTS_A_STATEMENT) {
                List<Long> some = secrets.subList(from, Math.min(secrets.size(), from + REQUESTS_A_STATEMENT));
                List<UUID> ids = some.stream().map(each -> UUID.randomUUID()).toList();
                insert.setInt(1, targets);
                insert.setObject(2, due.atOffset(ZoneOffset.UTC));
                insert.setString(3, clock);
                insert.setArray(4, connection.createArrayOf("uuid", ids.toArray()));
                insert.setArray(5, connection.createArrayOf("bigint", some.toArray()));
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The rotations could not be requested: " + e.getMessage(), e);
        }
    }

    private static List<Long> withoutRotation(Connection connection, int limit) throws SQLException {
        List<Long> secrets = new ArrayList<>(limit);
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT secret_id FROM secret s WHERE NOT EXISTS (SELECT 1 FROM rotation r WHERE r.secret_id ="
                        + " s.secret_id) ORDER BY secret_id LIMIT ?")) {
            query.setInt(1, limit);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    secrets.add(rows.getLong(1));
                }
            }
        }
        return secrets;
    }

    /** Puts rotations of so many secrets to sleep for 48 hours of the calendar, as those of RAM are in their overlap. */
    public void sleep(int rotations) {
        // The calendar runs at the wall's pace here.
        request(rotations, "calendar", Instant.now().plus(OVERLAP));
        database.run("VACUUM ANALYZE rotation");
    }

    /** How many rotations have not ended. */
    public int open() {
        return Integer.parseInt(database.ask("SELECT count(*) FROM rotation WHERE ended_at IS NULL"));
    }
}
