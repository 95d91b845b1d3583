package io.gyre.api.audit;

import io.gyre.audit.AuditLine;
import io.gyre.audit.SignedHead;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The audit log as it is read. Nothing in Gyre changes or deletes a row of it. */
@ApplicationScoped
public class AuditStore {
    private static final String LINES = """
            SELECT l.chain_no, c.chain_id, l.line, l.hash, l.event
            FROM audit_line l JOIN audit_chain c USING (chain_no)
            WHERE (l.chain_no, l.line) > (:chain, :line)
            ORDER BY l.chain_no, l.line LIMIT :limit
            """;

    private static final String LATEST = """
            SELECT l.chain_no, c.chain_id, l.line, l.hash, l.event
            FROM audit_line l JOIN audit_chain c USING (chain_no)
            ORDER BY l.written_at DESC, l.chain_no DESC, l.line DESC LIMIT :limit
            """;

    private static final String HEADS = """
            SELECT h.chain_no, c.chain_id, h.line, h.hash, h.signed_at, h.key_id, h.signature
            FROM audit_head h JOIN audit_chain c USING (chain_no)
            WHERE (h.chain_no, h.line) > (:chain, :line)
            ORDER BY h.chain_no, h.line LIMIT :limit
            """;

    /**
     * A place in the order of the log: the oldest chain first, and in each its lines.
     *
     * @param chain a chain's number in this database
     */
    public record Place(long chain, long line) {
        public static final Place BEGINNING = new Place(0, 0);
    }

    /** Something of the log, and where it stands. */
    public record Placed<T>(Place place, T content) {}

    public Uni<List<Placed<AuditLine>>> lines(Mutiny.StatelessSession session, Place after, int limit) {
        return after(session, LINES, after, limit)
                .map(rows -> rows.stream().map(AuditStore::line).toList());
    }

    /** The latest first. */
    public Uni<List<AuditLine>> latest(Mutiny.StatelessSession session, int limit) {
        return session.createNativeQuery(LATEST, Tuple.class)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(row -> line(row).content()).toList());
    }

    public Uni<List<Placed<SignedHead>>> heads(Mutiny.StatelessSession session, Place after, int limit) {
        return after(session, HEADS, after, limit).map(rows -> rows.stream()
                .map(row -> new Placed<>(
                        place(row),
                        new SignedHead(
                                row.get("chain_id", UUID.class),
                                row.get("line", Long.class),
                                row.get("hash", String.class),
                                row.get("signed_at", String.class),
                                row.get("key_id", String.class),
                                row.get("signature", String.class))))
                .toList());
    }

    private static Uni<List<Tuple>> after(Mutiny.StatelessSession session, String sql, Place after, int limit) {
        return session.createNativeQuery(sql, Tuple.class)
                .setParameter("chain", after.chain())
                .setParameter("line", after.line())
                .setParameter("limit", limit)
                .getResultList();
    }

    private static Placed<AuditLine> line(Tuple row) {
        return new Placed<>(
                place(row),
                new AuditLine(
                        row.get("chain_id", UUID.class),
                        row.get("line", Long.class),
                        row.get("hash", String.class),
                        row.get("event", String.class)));
    }

    private static Place place(Tuple row) {
        return new Place(row.get("chain_no", Long.class), row.get("line", Long.class));
    }
}
