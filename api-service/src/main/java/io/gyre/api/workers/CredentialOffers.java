package io.gyre.api.workers;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Has a worker try credentials that somebody typed in, and waits for what it saw. How often one account can be tried is counted in
 * PostgreSQL, whichever process is asked: whoever may create secrets is not thereby let guess passwords.
 */
@ApplicationScoped
public class CredentialOffers {
    /** Tries of one name at one place within ten minutes; more than somebody needs who mistypes. */
    public static final int MOST_TRIES = 10;

    /** Two accounts of a slow database: each is looked up and logged in to. */
    public static final Duration ANSWERED_WITHIN = Duration.ofSeconds(25);

    private final Mutiny.SessionFactory sessions;
    private final OfferStore store;
    private final WorkersWord word;

    CredentialOffers(Mutiny.SessionFactory sessions, OfferStore store, WorkersWord word) {
        this.sessions = sessions;
        this.store = store;
        this.word = word;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** A worker looked. */
        record Seen(List<OfferCheck> checks) implements Outcome {
            public Seen {
                checks = List.copyOf(checks);
            }
        }

        /** No worker did within {@link #ANSWERED_WITHIN}; none will any more. */
        record Unanswered() implements Outcome {}

        /** It was tried {@link #MOST_TRIES} times lately, and was not tried again. */
        record TooOften() implements Outcome {}
    }

    /** Each step is a transaction of its own: nothing is held while a worker looks. */
    public Uni<Outcome> tried(String account, CredentialOffer offer) {
        UUID id = UUID.randomUUID();
        return sessions.withStatelessTransaction(session -> store.tries(session, account, offer)
                        .chain(tries -> tries >= MOST_TRIES
                                ? Uni.createFrom().item(false)
                                : store.ask(session, account, id, offer).replaceWith(true)))
                .chain(asked -> asked ? answered(id) : Uni.createFrom().item(new Outcome.TooOften()));
    }

    private Uni<Outcome> answered(UUID id) {
        return word.within(ANSWERED_WITHIN, () -> sessions.withStatelessSession(session -> store.answer(session, id)))
                .call(() -> sessions.withStatelessTransaction(session -> store.end(session, id)))
                .map(checks -> checks.isPresent() ? new Outcome.Seen(checks.get()) : new Outcome.Unanswered());
    }
}
