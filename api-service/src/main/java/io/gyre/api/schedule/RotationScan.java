package io.gyre.api.schedule;

import io.gyre.api.secrets.RotationStarter;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Begins the rotations that policies ask for: each secret in a transaction of its own. */
@ApplicationScoped
public class RotationScan {
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

    @Scheduled(
            identity = "rotations-due",
            every = "${gyre.schedule.tick}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return batch(0).onFailure().invoke(RotationScan::warn).onFailure().recoverWithNull();
    }

    private Uni<Void> batch(long after) {
        return sessions.withStatelessSession(session -> due.after(session, after, settings.batch()))
                .chain(ids -> startAll(ids)
                        .chain(() -> ids.size() < settings.batch()
                                ? Uni.createFrom().voidItem()
                                : batch(ids.get(ids.size() - 1))));
    }

    private Uni<Void> startAll(List<Long> ids) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Long id : ids) {
            all = all.chain(() -> start(id));
        }
        return all;
    }

    private Uni<Void> start(long secretId) {
        return sessions.withStatelessTransaction(session -> due.lock(session, secretId)
                        .chain(secret -> secret == null
                                ? Uni.createFrom().item(false)
                                : starter.startAutomatic(session, secret)))
                .onFailure()
                .invoke(RotationScan::warn)
                .onFailure()
                .recoverWithItem(false)
                .replaceWithVoid();
    }

    private static void warn(Throwable failure) {
        LOG.errorf(failure, "A rotation that is due was not begun; the next scan tries it again.");
    }
}
