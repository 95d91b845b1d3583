package io.gyre.worker.offer;

import io.gyre.envelope.Envelope;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.RotationRow;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.verdict.Check;
import io.gyre.worker.verdict.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Offered credentials in PostgreSQL. */
public final class PostgresOfferStore implements OfferStore {
    /** The secret has none yet; no sentence about an offer names it. */
    private static final String UNNAMED = "(to be created)";

    private final Pool pool;
    private final Envelope envelope;
    private final String[] types;

    /** @param types the rotation types that this worker serves */
    public PostgresOfferStore(Pool pool, Envelope envelope, Collection<String> types) {
        this.pool = pool;
        this.envelope = envelope;
        this.types = types.toArray(String[]::new);
    }

    @Override
    public Uni<List<Offer>> claim(int limit) {
        return pool.preparedQuery(OfferSql.CLAIM)
                .execute(Tuple.of(limit, types))
                .map(this::offers);
    }

    private List<Offer> offers(RowSet<Row> rows) {
        List<Offer> offers = new ArrayList<>(rows.size());
        rows.forEach(row -> offers.add(offer(row)));
        return offers;
    }

    private Offer offer(Row row) {
        UUID id = row.getUUID("offer_id");
        Subject subject = new Subject(
                UNNAMED,
                row.getString("secret_sub_type"),
                RotationRow.texts(row, "target"),
                row.getString("current_name"),
                row.getString("other_name"),
                Set.of());
        return new Offer(id, row.getString("rotation_type"), subject, values(id, row));
    }

    private Map<Credential, SecretText> values(UUID id, Row row) {
        Map<Credential, SecretText> values = new EnumMap<>(Credential.class);
        open(id, row, "current").ifPresent(value -> values.put(Credential.FORMER, value));
        open(id, row, "other").ifPresent(value -> values.put(Credential.IDLE, value));
        return values;
    }

    private Optional<SecretText> open(UUID id, Row row, String which) {
        Buffer sealed = row.getBuffer(which + "_sealed");
        return sealed == null
                ? Optional.empty()
                : envelope.openOffered(id, row.getString(which + "_name"), sealed.getBytes());
    }

    @Override
    public Uni<Void> write(UUID offer, List<Check> checks) {
        JsonArray told = new JsonArray();
        checks.forEach(check -> told.add(new JsonObject()
                .put("what", check.what())
                .put("state", check.state().label())
                .put("seen", check.seen())
                .put("means", check.means())
                .put("do", check.remedy())));
        return pool.preparedQuery(OfferSql.WRITE).execute(Tuple.of(offer, told)).replaceWithVoid();
    }
}
