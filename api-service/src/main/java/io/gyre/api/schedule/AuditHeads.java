package io.gyre.api.schedule;

import io.gyre.api.audit.StepNotary;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Signs what rotations did last, once nothing follows it for a while. */
@ApplicationScoped
class AuditHeads {
    private final Mutiny.SessionFactory sessions;
    private final StepNotary notary;

    AuditHeads(Mutiny.SessionFactory sessions, StepNotary notary) {
        this.sessions = sessions;
        this.notary = notary;
    }

    Uni<Void> run() {
        return sessions.withStatelessTransaction(notary::signTail);
    }
}
