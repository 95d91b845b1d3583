package io.gyre.api.outbox;

import io.gyre.store.OutboxRecord;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Sees what leaves the outbox, in its order, each record in the one transaction that deletes it. */
public interface OutboxWitness {
    /** @return fails where it cannot take them down: then they stay, and come again */
    Uni<Void> leaving(Mutiny.StatelessSession session, List<OutboxRecord> records);
}
