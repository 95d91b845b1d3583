package io.gyre.api.workers;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Has a worker look at a target, and waits for what it saw. Each step is a transaction of its own. */
@ApplicationScoped
public class Inspections {
    private final Mutiny.SessionFactory sessions;
    private final InspectionStore store;
    private final WorkersWord word;

    Inspections(Mutiny.SessionFactory sessions, InspectionStore store, WorkersWord word) {
        this.sessions = sessions;
        this.store = store;
        this.word = word;
    }

    /** @return empty where no worker answered within the time; then it is not asked any more */
    public Uni<Optional<InspectionAnswer>> answer(Inspection asked, Duration within) {
        UUID id = UUID.randomUUID();
        return sessions.withStatelessTransaction(session -> store.ask(session, id, asked))
                .chain(() ->
                        word.within(within, () -> sessions.withStatelessSession(session -> store.answer(session, id))))
                .call(() -> sessions.withStatelessTransaction(session -> store.forget(session, id)));
    }
}
