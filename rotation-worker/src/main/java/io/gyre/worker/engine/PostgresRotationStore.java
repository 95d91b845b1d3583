package io.gyre.worker.engine;

import io.gyre.envelope.Envelope;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Rotations in PostgreSQL. Leases are taken and checked by its clock alone. */
public final class PostgresRotationStore implements RotationStore {
    private final Pool pool;
    private final SealedRow sealed;
    private final GroupCommit commits;
    private final String worker;
    private final String[] types;
    private final int perTarget;
    private final long leaseMillis;
    private final Ticks ticks;

    /**
     * @param worker this process's name, unique among the workers; shown to people, not relied on
     * @param types the rotation types that this worker serves
     * @param perTarget how many rotations of one target a claim of what is due takes at most
     * @param lease how long a claim holds until its first commit
     */
    public PostgresRotationStore(
            Pool pool,
            Envelope envelope,
            String worker,
            Collection<String> types,
            int perTarget,
            Duration lease,
            Ticks ticks) {
        this.pool = pool;
        this.sealed = new SealedRow(envelope);
        this.commits = new GroupCommit(pool, envelope, worker);
        this.worker = worker;
        this.types = types.toArray(String[]::new);
        this.perTarget = perTarget;
        this.leaseMillis = lease.toMillis();
        this.ticks = ticks;
    }

    @Override
    public Uni<List<Claimed>> claim(List<UUID> rotations, Set<String> busyTargets) {
        return claim(
                RotationSql.CLAIM,
                Tuple.of(rotations.toArray(UUID[]::new), worker, leaseMillis, types)
                        .addArrayOfString(busyTargets.toArray(String[]::new)));
    }

    @Override
    public Uni<List<Claimed>> claimDue(int limit, Set<String> busyTargets) {
        return claim(
                RotationSql.CLAIM_DUE,
                Tuple.of(limit, worker, leaseMillis, types)
                        .addArrayOfString(busyTargets.toArray(String[]::new))
                        .addInteger(perTarget));
    }

    private Uni<List<Claimed>> claim(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).map(this::claimed);
    }

    private List<Claimed> claimed(RowSet<Row> rows) {
        List<Claimed> claimed = new ArrayList<>(rows.size());
        for (Row row : rows) {
            claimed.add(new Claimed(
                    RotationRow.rotation(row),
                    row.getString("rotation_type"),
                    row.getString("target_key"),
                    row.getLong("fence"),
                    0,
                    RotationRow.clock(row, ticks),
                    RotationRow.origin(row),
                    RotationRow.order(row)));
        }
        return claimed;
    }

    @Override
    public Uni<Boolean> commit(Transition transition) {
        return commits.add(transition);
    }

    @Override
    public Uni<Void> giveBack(Claimed claimed) {
        return pool.preparedQuery(RotationSql.GIVE_BACK)
                .execute(Tuple.of(claimed.rotation().id(), claimed.fence()))
                .replaceWithVoid();
    }

    @Override
    public Uni<SecretText> reveal(Claimed claimed, Credential which) {
        UUID rotation = claimed.rotation().id();
        return pool.preparedQuery(RotationSql.REVEAL)
                .execute(Tuple.of(rotation, which.name()))
                .map(rows -> sealed.opened(rows, "Rotation " + rotation + " has no credential " + which + "."));
    }
}
