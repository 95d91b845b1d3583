package io.gyre.api.operations;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import org.hibernate.reactive.mutiny.Mutiny;

/** The operation GetOverview, for the operations API and for the console. */
@ApplicationScoped
public class ViewedOverview {
    /** Each by an index of its own, so that what has ended long ago costs nothing. */
    private static final String NUMBERS = """
            SELECT open.rotating, open.waiting, open.late,
                (SELECT count(*) FROM rotation r JOIN secret s USING (secret_id)
                  WHERE s.account_id = :account AND r.state = 'Failed' AND\s""" + WithinDay.ENDED + """
            ) AS failed,
                (SELECT count(*) FROM secret s WHERE s.account_id = :account AND\s""" + WithinDay.DUE + """
            ) AS due,
                (SELECT count(*) FROM kms_instance i
                  WHERE i.account_id = :account AND i.released_at IS NULL
                    AND i.expires_at <= calendar_now() + interval '30 days') AS expiring
              FROM (SELECT count(*) FILTER (WHERE r.state = 'Running') AS rotating,
                        count(*) FILTER (WHERE r.state = 'Waiting') AS waiting, count(r.late_since) AS late
                      FROM rotation r JOIN secret s USING (secret_id)
                     WHERE s.account_id = :account AND r.ended_at IS NULL) AS open
            """;

    /** As many lanes as fit a screen. */
    private static final int MOVING = 12;

    private final OperationStore store;

    ViewedOverview(OperationStore store) {
        this.store = store;
    }

    public Uni<OverviewView> now(Mutiny.StatelessSession session, String account) {
        return session.createNativeQuery(NUMBERS, Tuple.class)
                .setParameter("account", account)
                .getSingleResult()
                .chain(row -> store.moving(session, account, MOVING)
                        .map(moving -> new OverviewView(
                                row.get("rotating", Long.class),
                                row.get("waiting", Long.class),
                                row.get("late", Long.class),
                                row.get("failed", Long.class),
                                row.get("due", Long.class),
                                row.get("expiring", Long.class),
                                moving)));
    }
}
