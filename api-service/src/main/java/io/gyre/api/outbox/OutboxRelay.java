package io.gyre.api.outbox;

import io.gyre.store.OutboxRecord;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * One turn of the relay: the oldest records are sent and, once Kafka has acknowledged all of them, deleted in the same
 * transaction that read them. A process that dies in between leaves them for the next turn, anywhere: a record is
 * repeated then, never lost.
 */
@ApplicationScoped
class OutboxRelay {
    private final Mutiny.SessionFactory sessions;
    private final OutboxStore store;
    private final KafkaSender kafka;
    private final OutboxWitness witness;

    OutboxRelay(Mutiny.SessionFactory sessions, OutboxStore store, KafkaSender kafka, OutboxWitness witness) {
        this.sessions = sessions;
        this.store = store;
        this.kafka = kafka;
        this.witness = witness;
    }

    /**
     * What came of a turn.
     *
     * @param mine whether it was this process's; another one may be at it
     * @param sent how many records Kafka has acknowledged
     */
    record Turn(boolean mine, int sent) {}

    /** @param context where this is called: the session must come back to it from Kafka's threads */
    Uni<Turn> turn(Context context, int limit) {
        return sessions.withStatelessTransaction(session -> store.takeTurn(session)
                .chain(mine -> mine
                        ? send(session, limit, context).map(sent -> new Turn(true, sent))
                        : Uni.createFrom().item(new Turn(false, 0))));
    }

    private Uni<Integer> send(Mutiny.StatelessSession session, int limit, Context context) {
        return store.oldest(session, limit)
                .chain(records -> records.isEmpty()
                        ? Uni.createFrom().item(0)
                        : send(session, records, context).replaceWith(records.size()));
    }

    private Uni<Void> send(Mutiny.StatelessSession session, List<OutboxRecord> records, Context context) {
        return witness.leaving(session, records)
                .chain(() -> kafka.send(records))
                .emitOn(task -> context.runOnContext(run -> task.run()))
                .chain(() -> store.delete(session, records));
    }
}
