package io.gyre.api.schedule;

import io.gyre.api.keys.KeyVersionStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Gives keys the new versions that their policies ask for: each key in a transaction of its own. */
@ApplicationScoped
class KeyRotationScan {
    private static final Logger LOG = Logger.getLogger(KeyRotationScan.class);

    private final Mutiny.SessionFactory sessions;
    private final DueKeys due;
    private final KeyVersionStore versions;
    private final ScheduleSettings settings;

    KeyRotationScan(Mutiny.SessionFactory sessions, DueKeys due, KeyVersionStore versions, ScheduleSettings settings) {
        this.sessions = sessions;
        this.due = due;
        this.versions = versions;
        this.settings = settings;
    }

    /** Goes through all that is due now. */
    Uni<Void> run() {
        return Batches.each(
                settings.batch(),
                passedOver ->
                        sessions.withStatelessSession(session -> due.toRotate(session, settings.batch(), passedOver)),
                this::rotate);
    }

    /** One that fails is left for the next scan; the others go on. */
    private Uni<Boolean> rotate(String keyId) {
        return sessions.withStatelessTransaction(session -> versions.keepInstance(session, keyId)
                        .chain(() -> due.lock(session, keyId))
                        .chain(key -> key == null
                                ? Uni.createFrom().item(false)
                                : versions.rotate(session, key).replaceWith(true)))
                .onFailure()
                .invoke(failure -> LOG.errorf(
                        "The rotation of key %s is due and failed (%s); the next scan tries again.", keyId, failure))
                .onFailure()
                .recoverWithItem(false);
    }
}
