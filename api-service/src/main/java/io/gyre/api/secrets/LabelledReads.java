package io.gyre.api.secrets;

import io.gyre.api.database.Database;
import io.gyre.api.database.SharedStatement;
import io.gyre.envelope.KeyChain;
import io.gyre.envelope.SealedVersion;
import io.gyre.metrics.Metrics;
import io.gyre.secret.SecretType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads versions by their label, many of them by one statement. Nothing is kept. */
@ApplicationScoped
class LabelledReads {
    /**
     * Each read is looked up by itself, through indexes, whatever the planner believes of the tables. Whatever would keep
     * a version from being answered leaves it out: the caller finds out what it is by {@link VersionLookup}.
     */
    private static final String FIND = """
            SELECT w.n, found.*
            FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS w (account_id, name, stage, n)
            CROSS JOIN LATERAL (
                SELECT s.name, s.arn, s.secret_type, s.rotation_status, s.rotation_interval_seconds, s.next_rotation_at,
                    s.last_rotation_at, s.extended_config, v.version_id, v.data_type, v.created_at, v.wrapped_data_key,
                    v.ciphertext, k.key_id, k.wrapped_material, i.instance_id, i.wrapped_key,
                    ARRAY(SELECT l.stage FROM secret_stage l
                        WHERE l.secret_id = s.secret_id AND l.version_id = v.version_id ORDER BY l.stage) AS stages
                FROM secret s
                JOIN secret_stage g ON g.secret_id = s.secret_id AND g.stage = w.stage
                JOIN secret_version v ON v.secret_id = s.secret_id AND v.version_id = g.version_id AND NOT v.pending
                JOIN kms_key k ON k.key_id = v.key_id AND k.key_state = 'Enabled' AND k.wrapped_material IS NOT NULL
                JOIN kms_instance i ON i.instance_id = k.instance_id AND instance_usable(i.expires_at)
                WHERE s.account_id = w.account_id AND s.name = w.name AND s.deletion_planned_at IS NULL
                LIMIT 1
            ) found
            """;

    /** The service has at most 64 event loops; each has its statements. Few of them are ever open. */
    private static final int MOST_SESSIONS = 16;

    private final Pool pool;
    private final SharedStatement<Read, FoundVersion> statement;

    LabelledReads(Vertx vertx, Database database, Metrics metrics) {
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(MOST_SESSIONS).setName("reads"))
                .connectingTo(session(database))
                .using(vertx)
                .build();
        this.statement = new SharedStatement<>(
                pool, FIND, LabelledReads::parameters, LabelledReads::version, metrics, "secret_values");
    }

    private record Read(String account, String name, String label) {}

    /** The statement is planned once in a session, from its keys through indexes, however large the tables grow. */
    private static PgConnectOptions session(Database database) {
        return database.connection()
                .setCachePreparedStatements(true)
                .addProperty("plan_cache_mode", "force_generic_plan")
                .addProperty("enable_seqscan", "off")
                .addProperty("enable_hashjoin", "off")
                .addProperty("enable_mergejoin", "off")
                .addProperty("jit", "off");
    }

    @PreDestroy
    void close() {
        pool.close();
    }

    /** Null where there is no such secret, nothing with that label, or something that keeps it from being read. */
    Uni<@Nullable FoundVersion> find(String account, String name, String label) {
        return statement.ask(new Read(account, name, label));
    }

    private static Tuple parameters(List<Read> group) {
        return Tuple.of(
                group.stream().map(Read::account).toArray(String[]::new),
                group.stream().map(Read::name).toArray(String[]::new),
                group.stream().map(Read::label).toArray(String[]::new));
    }

    private static FoundVersion version(Row row) {
        Long interval = row.getLong("rotation_interval_seconds");
        return new FoundVersion(
                row.getString("name"),
                row.getString("arn"),
                new RotationView(
                        SecretType.ofWireName(row.getString("secret_type")).orElseThrow(),
                        row.getString("rotation_status"),
                        interval == null ? null : Duration.ofSeconds(interval),
                        instant(row.getOffsetDateTime("next_rotation_at")),
                        instant(row.getOffsetDateTime("last_rotation_at"))),
                row.getString("extended_config"),
                row.getString("version_id"),
                row.getString("data_type"),
                Objects.requireNonNull(instant(row.getOffsetDateTime("created_at"))),
                new SealedVersion(bytes(row, "wrapped_data_key"), bytes(row, "ciphertext")),
                new KeyChain(
                        row.getString("instance_id"),
                        bytes(row, "wrapped_key"),
                        row.getString("key_id"),
                        bytes(row, "wrapped_material")),
                Arrays.asList(row.getArrayOfStrings("stages")));
    }

    private static byte[] bytes(Row row, String column) {
        return row.getBuffer(column).getBytes();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
