package io.gyre.api.access;

import io.gyre.api.database.Database;
import io.gyre.api.database.SharedStatement;
import io.gyre.api.wire.DatabaseOutage;
import io.gyre.metrics.Metrics;
import io.gyre.rpc.UsedNonces;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The nonces that any process of the installation saw. Requests share the statement that notes theirs. It does not wait
 * until it is on disk: whoever would send a request again after the database server broke down would have to have caught
 * one of its last moments.
 */
@ApplicationScoped
public class StoredNonces implements UsedNonces {
    /**
     * Of several with one digest the first is noted, in an order in which no two statements wait for each other. A
     * row comes back for each that was noted.
     */
    private static final String NOTE = """
            WITH w AS (
                SELECT * FROM unnest($1::bytea[], $2::timestamptz[]) WITH ORDINALITY AS w (digest, expires_at, n)),
            noted AS (
                INSERT INTO used_nonce (digest, expires_at)
                SELECT DISTINCT ON (digest) digest, expires_at FROM w ORDER BY digest, n
                ON CONFLICT DO NOTHING
                RETURNING digest)
            SELECT min(w.n) AS n FROM w JOIN noted USING (digest) GROUP BY digest
            """;

    /** Later than the date says, since the process that looked at it has another clock than the database server. */
    private static final String FORGET = """
            DELETE FROM used_nonce WHERE digest IN (
                SELECT digest FROM used_nonce WHERE expires_at < clock_timestamp() - interval '15 minutes'
                ORDER BY expires_at LIMIT 20000)
            """;

    private static final int MOST_SESSIONS = 8;

    private final DatabaseOutage outage;
    private final Pool pool;
    private final SharedStatement<Use, Boolean> notes;

    StoredNonces(Vertx vertx, Database database, DatabaseOutage outage, Metrics metrics) {
        this.outage = outage;
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(MOST_SESSIONS).setName("nonces"))
                .connectingTo(
                        database.connection().setCachePreparedStatements(true).addProperty("synchronous_commit", "off"))
                .using(vertx)
                .build();
        this.notes = new SharedStatement<>(pool, NOTE, StoredNonces::parameters, (Row row) -> true, metrics, "nonces");
    }

    private record Use(Buffer digest, Instant until) {}

    @PreDestroy
    void close() {
        pool.close();
    }

    @Override
    public Uni<Boolean> firstUse(String accessKeyId, String nonce, Instant until) {
        return outage.told(notes.ask(new Use(digest(accessKeyId, nonce), until)))
                .map(noted -> noted != null);
    }

    /** Deletes those whose requests are too old to be answered; @return how many */
    public Uni<Integer> forgetPast(Mutiny.StatelessSession session) {
        return session.createNativeQuery(FORGET).executeUpdate();
    }

    private static Tuple parameters(List<Use> uses) {
        Buffer[] digests = uses.stream().map(Use::digest).toArray(Buffer[]::new);
        OffsetDateTime[] ends = uses.stream()
                .map(use -> OffsetDateTime.ofInstant(use.until(), ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
        return Tuple.tuple().addArrayOfBuffer(digests).addArrayOfOffsetDateTime(ends);
    }

    /** Of both, however long they are; an id holds no line break. */
    private static Buffer digest(String accessKeyId, String nonce) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256")
                    .digest((accessKeyId + "\n" + nonce).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
