package io.gyre.api.schedule;

import io.gyre.api.secrets.RotationStarter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Begins the rotations that policies ask for: each secret in a transaction of its own. */
@ApplicationScoped
class RotationScan {
    private static final Logger LOG = Logger.getLogger(RotationScan.class);

    private final Mutiny.SessionFactory sessions;
    private final DueSecrets due;
    private final RotationStarter starter;
    private final ScheduleSettings settings;

    RotationScan(Mutiny.SessionFactory sessions, DueSecrets due, RotationStarter starter, ScheduleSettings settings) {
        this.sessions = sessions;
        this.due = due;
        this.starter = starter;
        this.settings = settings;
    }

    /** Goes through all that is due now. */
    Uni<Void> run() {
        return Batches.each(
                settings.batch(),
                passedOver -> sessions.withStatelessSession(session -> due.next(session, settings.batch(), passedOver)),
                this::start);
    }

    /** One that fails is left for the next scan; the others go on. */
    private Uni<Boolean> start(Long secretId) {
        return sessions.withStatelessTransaction(session -> due.lock(session, secretId)
                        .chain(secret -> secret == null
                                ? Uni.createFrom().item(false)
                                : starter.startAutomatic(session, secret)))
                .onFailure()
                .invoke(failure -> LOG.errorf(
                        "The rotation of the secret with id %d is due and could not be begun (%s); the next scan tries"
                                + " again.",
                        secretId, failure))
                .onFailure()
                .recoverWithItem(false);
    }
}
