package io.gyre.worker.engine;

import io.gyre.envelope.Envelope;
import io.gyre.envelope.SealedVersion;
import io.gyre.rotation.Trigger;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Rotation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rotations in PostgreSQL. Leases are taken and checked by its clock alone. */
public final class PostgresRotationStore implements RotationStore {
    private final Pool pool;
    private final Envelope envelope;
    private final GroupCommit commits;
    private final String worker;
    private final String[] types;
    private final long leaseMillis;
    private final Ticks ticks;

    /**
     * @param worker this process's name, unique among the workers; shown to people, not relied on
     * @param types the rotation types that this worker serves
     * @param lease how long a claim holds until its first commit
     */
    public PostgresRotationStore(
            Pool pool, Envelope envelope, String worker, Collection<String> types, Duration lease, Ticks ticks) {
        this.pool = pool;
        this.envelope = envelope;
        this.commits = new GroupCommit(pool, envelope, worker);
        this.worker = worker;
        this.types = types.toArray(String[]::new);
        this.leaseMillis = lease.toMillis();
        this.ticks = ticks;
    }

    @Override
    public Uni<List<Claimed>> claim(List<UUID> rotations) {
        return claim(RotationSql.CLAIM, rotations.toArray(UUID[]::new));
    }

    @Override
    public Uni<List<Claimed>> claimDue(int limit) {
        return claim(RotationSql.CLAIM_DUE, limit);
    }

    private Uni<List<Claimed>> claim(String sql, Object which) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(which, worker, leaseMillis, types))
                .map(this::claimed);
    }

    private List<Claimed> claimed(RowSet<Row> rows) {
        long nanos = ticks.nanos();
        List<Claimed> claimed = new ArrayList<>(rows.size());
        for (Row row : rows) {
            ClockReading clock = new ClockReading(
                    instant(row, "operational"), instant(row, "calendar"), row.getDouble("speed"), nanos);
            claimed.add(new Claimed(rotation(row), row.getString("rotation_type"), row.getLong("fence"), clock));
        }
        return claimed;
    }

    private static Rotation rotation(Row row) {
        return new Rotation(
                row.getUUID("rotation_id"),
                Trigger.ofLabel(row.getString("trigger")),
                row.getString("secret_sub_type"),
                texts(row, "target"),
                Duration.ofSeconds(row.getLong("overlap_seconds")),
                row.getString("phase"),
                texts(row, "memory"),
                row.getInteger("attempt"),
                row.getString("former"),
                row.getString("idle"),
                row.getString("candidate"));
    }

    private static Map<String, String> texts(Row row, String column) {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, Object> field : row.get(JsonObject.class, column)) {
            texts.put(field.getKey(), String.valueOf(field.getValue()));
        }
        return texts;
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    @Override
    public Uni<Boolean> commit(Transition transition) {
        return commits.add(transition);
    }

    @Override
    public Uni<SecretText> reveal(Claimed claimed, Credential which) {
        UUID rotation = claimed.rotation().id();
        return pool.preparedQuery(RotationSql.REVEAL)
                .execute(Tuple.of(rotation, which.name()))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new IllegalStateException("Rotation " + rotation + " has no credential " + which + ".");
                    }
                    return opened(rows.iterator().next());
                });
    }

    private SecretText opened(Row row) {
        SealedVersion sealed = new SealedVersion(
                row.getBuffer("wrapped_data_key").getBytes(),
                row.getBuffer("ciphertext").getBytes());
        return envelope.open(GroupCommit.keyChain(row), row.getString("arn"), row.getString("version_id"), sealed);
    }
}
