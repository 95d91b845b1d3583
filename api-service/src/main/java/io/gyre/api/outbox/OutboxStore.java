package io.gyre.api.outbox;

import io.gyre.store.OutboxRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code outbox}, for the relay. */
@ApplicationScoped
class OutboxStore {
    /**
     * The relay's turn, for as long as the transaction lasts: one relay of all the processes sends at a time, so that
     * records leave in order. The number is Gyre's own ("gyreobx").
     */
    private static final String TAKE_TURN = "SELECT pg_try_advisory_xact_lock(x'677972656f6278'::bigint)";

    Uni<Boolean> takeTurn(Mutiny.StatelessSession session) {
        return session.createNativeQuery(TAKE_TURN, Boolean.class).getSingleResult();
    }

    /** The oldest records, in the order in which they were written. */
    Uni<List<OutboxRecord>> oldest(Mutiny.StatelessSession session, int limit) {
        return session.createSelectionQuery("from OutboxRecord order by outboxId", OutboxRecord.class)
                .setMaxResults(limit)
                .getResultList();
    }

    Uni<Void> delete(Mutiny.StatelessSession session, List<OutboxRecord> sent) {
        return session.createMutationQuery("delete from OutboxRecord where outboxId in :sent")
                .setParameter("sent", sent.stream().map(OutboxRecord::outboxId).toList())
                .executeUpdate()
                .replaceWithVoid();
    }
}
