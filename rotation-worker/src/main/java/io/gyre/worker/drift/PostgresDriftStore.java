package io.gyre.worker.drift;

import io.gyre.envelope.Envelope;
import io.gyre.event.SecretDrift;
import io.gyre.event.Topics;
import io.gyre.secret.SecretText;
import io.gyre.secret.SecretType;
import io.gyre.worker.engine.RotationRow;
import io.gyre.worker.engine.SealedRow;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.verdict.Finding;
import io.gyre.worker.verdict.Standing;
import io.gyre.worker.verdict.Subject;
import io.gyre.worker.verdict.Verdict;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which secrets are to be looked at, and what was found, in PostgreSQL. */
public final class PostgresDriftStore implements DriftStore {
    /** Giving a place is a column's change; a large installation that turns the looks on has all of them in a minute or two. */
    private static final int PLACES = 1_000;

    private final Pool pool;
    private final SealedRow sealed;
    private final String worker;
    private final String[] types;

    /**
     * @param worker this process's name, as events show it
     * @param served the rotation types that this worker serves
     */
    public PostgresDriftStore(Pool pool, Envelope envelope, String worker, Collection<String> served) {
        this.pool = pool;
        this.sealed = new SealedRow(envelope);
        this.worker = worker;
        this.types = Arrays.stream(SecretType.values())
                .filter(type -> type.rotationType().filter(served::contains).isPresent())
                .map(SecretType::wireName)
                .toArray(String[]::new);
    }

    @Override
    public Uni<List<Claim>> claimAsked(int limit) {
        return pool.preparedQuery(DriftSql.CLAIM_ASKED)
                .execute(Tuple.of(limit, types))
                .map(PostgresDriftStore::claims);
    }

    @Override
    public Uni<List<Claim>> claimDue(int limit, Duration every) {
        double seconds = seconds(every);
        return pool.preparedQuery(DriftSql.PLACE)
                .execute(Tuple.of(PLACES, seconds, types))
                .chain(() -> pool.preparedQuery(DriftSql.CLAIM_DUE).execute(Tuple.of(limit, types, seconds)))
                .map(PostgresDriftStore::claims);
    }

    private static double seconds(Duration every) {
        return every.toMillis() / 1e3;
    }

    private static List<Claim> claims(RowSet<Row> rows) {
        List<Claim> claims = new ArrayList<>(rows.size());
        rows.forEach(row -> claims.add(claim(row)));
        return claims;
    }

    private static Claim claim(Row row) {
        String type = row.getString("secret_type");
        Subject subject = new Subject(
                row.getString("name"),
                row.getString("secret_sub_type"),
                RotationRow.texts(row, "target"),
                row.getString("credential_name"),
                row.getString("previous_name"),
                Set.of(row.getArrayOfStrings("leftovers")));
        return new Claim(
                row.getLong("secret_id"),
                row.getLong("claim"),
                SecretType.ofWireName(type).flatMap(SecretType::rotationType).orElseThrow(),
                subject,
                row.getString("version_id"),
                row.getString("previous_version"),
                new Standing(Standing.State.ofLabel(row.getString("state")), finding(row), row.getInteger("failures")),
                row.getDouble("speed"));
    }

    private static @Nullable Finding finding(Row row) {
        String seen = row.getString("seen");
        return seen == null ? null : new Finding(seen, row.getString("means"), row.getString("remedy"));
    }

    @Override
    public Uni<SecretText> reveal(Claim claim, Credential which) {
        String version = which == Credential.IDLE ? claim.previousVersion() : claim.currentVersion();
        String name = claim.subject().secretName();
        return pool.preparedQuery(DriftSql.REVEAL)
                .execute(Tuple.of(claim.secret(), version))
                .map(rows -> sealed.opened(rows, "Secret " + name + " has no version " + version + "."));
    }

    @Override
    public Uni<Void> write(Claim claim, Verdict verdict, Standing.Next next, Duration every) {
        Standing standing = next.standing();
        Finding finding = standing.finding();
        Duration repetition = next.repetition();
        return pool.preparedQuery(DriftSql.WRITE)
                .execute(Tuple.tuple(Arrays.<@Nullable Object>asList(
                        claim.secret(),
                        claim.number(),
                        claim.currentVersion(),
                        standing.state().label(),
                        finding == null ? null : finding.seen(),
                        finding == null ? null : finding.means(),
                        finding == null ? null : finding.remedy(),
                        observation(verdict),
                        standing.failures(),
                        verdict instanceof Verdict.Open open ? open.why() : null,
                        repetition == null ? null : repetition.toMillis(),
                        seconds(every),
                        eventType(next.news()),
                        Topics.EVENTS,
                        worker)))
                .replaceWithVoid();
    }

    private static @Nullable String observation(Verdict verdict) {
        if (verdict instanceof Verdict.Works works) {
            return works.observation();
        }
        return verdict instanceof Verdict.Refused refused ? refused.observation() : null;
    }

    private static @Nullable String eventType(Standing.@Nullable News news) {
        if (news == null) {
            return null;
        }
        return switch (news) {
            case DRIFTED -> SecretDrift.DRIFTED;
            case CLEARED -> SecretDrift.CLEARED;
            case UNCHECKED -> SecretDrift.UNCHECKED;
        };
    }
}
