package io.gyre.worker.engine;

import io.gyre.envelope.Envelope;
import io.gyre.event.RotationStepped;
import io.gyre.event.Topics;
import io.gyre.rotation.RotationLock;
import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Rotation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** What is late, and what somebody wants looked at, in PostgreSQL. */
public final class PostgresWatchStore implements WatchStore {
    private final Pool pool;
    private final SealedRow sealed;
    private final String worker;
    private final String[] types;
    private final Ticks ticks;

    /**
     * @param worker this process's name, as timelines show it
     * @param types the rotation types that this worker serves
     */
    public PostgresWatchStore(Pool pool, Envelope envelope, String worker, Collection<String> types, Ticks ticks) {
        this.pool = pool;
        this.sealed = new SealedRow(envelope);
        this.worker = worker;
        this.types = types.toArray(String[]::new);
        this.ticks = ticks;
    }

    @Override
    public Uni<List<Late>> claimLate(int limit) {
        return pool.preparedQuery(WatchSql.CALENDAR_IS_OVER)
                .execute(Tuple.of(limit, types))
                .chain(() -> claim(WatchSql.CLAIM_LATE, limit, this::late));
    }

    @Override
    public Uni<List<Inspection>> claimInspections(int limit) {
        return claim(WatchSql.CLAIM_INSPECTIONS, limit, this::inspection);
    }

    private <T> Uni<List<T>> claim(String sql, int limit, Function<Row, T> reading) {
        return pool.preparedQuery(sql).execute(Tuple.of(limit, types)).map(rows -> read(rows, reading));
    }

    private static <T> List<T> read(RowSet<Row> rows, Function<Row, T> reading) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(reading.apply(row)));
        return all;
    }

    private Late late(Row row) {
        boolean waits = RotationState.ofLabel(row.getString("state")) == RotationState.WAITING;
        return new Late(
                RotationRow.rotation(row),
                row.getString("rotation_type"),
                waits,
                RotationRow.instant(row, "phase_since"),
                RotationRow.clock(row, ticks));
    }

    /** A rotation as it would be if it began now; its overlap plays no part before the first change. */
    private Inspection inspection(Row row) {
        UUID id = row.getUUID("inspection_id");
        Rotation rotation = new Rotation(
                id,
                Trigger.IMMEDIATE,
                row.getString("secret_sub_type"),
                RotationRow.texts(row, "target"),
                Duration.ZERO,
                RotationLock.FIRST_PHASE,
                Map.of(),
                0,
                row.getString("former"),
                row.getString("idle"),
                null,
                Set.of(row.getArrayOfStrings("leftovers")));
        return new Inspection(
                id, rotation, row.getString("rotation_type"), row.getBoolean("stored"), RotationRow.clock(row, ticks));
    }

    @Override
    public Uni<Void> tellLate(UUID rotation, String finding) {
        return pool.preparedQuery(WatchSql.TELL_LATE)
                .execute(Tuple.of(rotation, finding, worker, Topics.EVENTS, RotationStepped.LATE))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> answer(UUID inspection, Preflight.Report report) {
        return pool.preparedQuery(WatchSql.ANSWER)
                .execute(Tuple.of(inspection, report.passed(), new JsonArray(report.seen()), report.finding()))
                .replaceWithVoid();
    }

    @Override
    public Uni<SecretText> reveal(UUID inspection, Credential which) {
        return pool.preparedQuery(WatchSql.REVEAL)
                .execute(Tuple.of(inspection, which.name()))
                .map(rows -> sealed.opened(rows, "Inspection " + inspection + " has no credential " + which + "."));
    }
}
