package io.gyre.api.schedule;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Deletes the secrets whose recovery window has passed, with their versions and history. */
@ApplicationScoped
public class DeletionScan {
    private static final Logger LOG = Logger.getLogger(DeletionScan.class);

    private final Mutiny.SessionFactory sessions;
    private final DueSecrets due;
    private final ScheduleSettings settings;

    DeletionScan(Mutiny.SessionFactory sessions, DueSecrets due, ScheduleSettings settings) {
        this.sessions = sessions;
        this.due = due;
        this.settings = settings;
    }

    @Scheduled(
            identity = "deletions-due",
            every = "${gyre.schedule.tick}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return sessions.withStatelessTransaction(session -> due.deletePast(session, settings.batch()))
                .invoke(count -> {
                    if (count > 0) {
                        LOG.infof("Deleted %d secrets whose recovery window has passed.", count);
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.error("Secrets to be deleted were left; the next scan tries again.", failure))
                .onFailure()
                .recoverWithNull();
    }
}
