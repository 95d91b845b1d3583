package io.gyre.api.schedule;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Deletes the secrets whose recovery window has passed, with their versions and history. */
@ApplicationScoped
class DeletionScan {
    private static final Logger LOG = Logger.getLogger(DeletionScan.class);

    private final Mutiny.SessionFactory sessions;
    private final DueSecrets due;
    private final ScheduleSettings settings;

    DeletionScan(Mutiny.SessionFactory sessions, DueSecrets due, ScheduleSettings settings) {
        this.sessions = sessions;
        this.due = due;
        this.settings = settings;
    }

    /** One batch; what is left comes with the next tick. */
    Uni<Void> run() {
        return sessions.withStatelessTransaction(session -> due.deletePast(session, settings.batch()))
                .invoke(count -> {
                    if (count > 0) {
                        LOG.infof(
                                "Deleted what was planned for deletion, as its window has passed: %d secrets.", count);
                    }
                })
                .replaceWithVoid();
    }
}
