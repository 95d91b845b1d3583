package io.gyre.api.schedule;

import io.gyre.api.access.StoredNonces;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Deletes the secrets whose recovery window has passed, with their versions and history, and destroys the material of
 * the keys whose pending window has; forgets signatures that are too old to be answered again.
 */
@ApplicationScoped
class DeletionScan {
    private static final Logger LOG = Logger.getLogger(DeletionScan.class);

    private final Mutiny.SessionFactory sessions;
    private final DueSecrets secrets;
    private final DueKeys keys;
    private final StoredNonces nonces;
    private final ScheduleSettings settings;

    DeletionScan(
            Mutiny.SessionFactory sessions,
            DueSecrets secrets,
            DueKeys keys,
            StoredNonces nonces,
            ScheduleSettings settings) {
        this.sessions = sessions;
        this.secrets = secrets;
        this.keys = keys;
        this.nonces = nonces;
        this.settings = settings;
    }

    /** One batch of each; what is left comes with the next tick. */
    Uni<Void> run() {
        return sessions.withStatelessTransaction(session -> secrets.deletePast(session, settings.batch()))
                .invoke(count ->
                        tell("Deleted what was planned for deletion, as its window has passed: %d secrets.", count))
                .chain(() -> sessions.withStatelessTransaction(session -> keys.destroyPast(session, settings.batch())))
                .invoke(count -> tell("Destroyed the material of keys, as their window has passed: %d keys.", count))
                .chain(() -> sessions.withStatelessTransaction(nonces::forgetPast))
                .replaceWithVoid();
    }

    private static void tell(String sentence, int count) {
        if (count > 0) {
            LOG.infof(sentence, count);
        }
    }
}
