package io.gyre.api.schedule;

import io.gyre.api.instances.InstanceStore;
import io.gyre.api.instances.InstanceWarnings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Releases the KMS instances that were not renewed in time, and tells of those that come near such a date. */
@ApplicationScoped
class InstanceScan {
    private static final Logger LOG = Logger.getLogger(InstanceScan.class);

    private final Mutiny.SessionFactory sessions;
    private final InstanceStore instances;
    private final InstanceWarnings warnings;
    private final ScheduleSettings settings;

    InstanceScan(
            Mutiny.SessionFactory sessions,
            InstanceStore instances,
            InstanceWarnings warnings,
            ScheduleSettings settings) {
        this.sessions = sessions;
        this.instances = instances;
        this.warnings = warnings;
        this.settings = settings;
    }

    Uni<Void> run() {
        return sessions.withStatelessTransaction(instances::releasePast)
                .invoke(count -> {
                    if (count > 0) {
                        LOG.warnf("Released KMS instances that were not renewed in time: %d of them.", count);
                    }
                })
                .chain(() -> sessions.withStatelessTransaction(session -> warnings.tell(session, settings.batch())))
                .replaceWithVoid();
    }
}
