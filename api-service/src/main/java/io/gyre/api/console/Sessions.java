package io.gyre.api.console;

import io.gyre.api.console.ConsoleStore.Owner;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Whose request it is. Each one is asked about in the database: what ends a session ends it at once, in every process. */
@ApplicationScoped
class Sessions {
    private final Mutiny.SessionFactory sessions;
    private final ConsoleStore store;

    Sessions(Mutiny.SessionFactory sessions, ConsoleStore store) {
        this.sessions = sessions;
        this.store = store;
    }

    /** Empty for whoever is not logged in. */
    Uni<Optional<Visitor>> visitor(Visit visit) {
        if (visit.token().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        ConsoleToken token = visit.token().get();
        return sessions.withStatelessTransaction(session -> store.owner(session, token))
                .map(owner -> owner.map(found -> visitor(found, token)));
    }

    private static Visitor visitor(Owner owner, ConsoleToken token) {
        return new Visitor(
                owner.accountId(), owner.principal(), owner.accessKeyId(), owner.resetRequired(), token.formToken());
    }

    /** The session is over, wherever its token may be. */
    Uni<Void> end(ConsoleToken token) {
        return sessions.withStatelessTransaction(session -> store.end(session, token));
    }
}
