package io.gyre.api.schedule;

import io.gyre.api.secrets.RotationStarter;
import io.gyre.api.secrets.RotationStarter.Start;
import io.gyre.api.wire.Apart;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.schedule.LookAgain;
import io.gyre.schedule.Policy;
import io.gyre.schedule.Spread;
import io.gyre.schedule.Timetable;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Begins the rotations that policies ask for: each secret in a transaction of its own, a few at one time. Every process does, and each
 * is handed other secrets.
 */
@ApplicationScoped
class RotationScan {
    private static final Logger LOG = Logger.getLogger(RotationScan.class);

    /** How many rotations a process begins at one time; the larger part of its database connections is left to its callers. */
    private static final int AT_ONCE = 6;

    private final Vertx vertx;
    private final Mutiny.SessionFactory sessions;
    private final Attendance attendance;
    private final DueSecrets due;
    private final RotationStarter starter;
    private final int batch;
    private final Timetable timetable;
    private final Metrics metrics;

    RotationScan(
            Vertx vertx,
            Mutiny.SessionFactory sessions,
            Attendance attendance,
            DueSecrets due,
            RotationStarter starter,
            ScheduleSettings settings,
            Metrics metrics) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.attendance = attendance;
        this.due = due;
        this.starter = starter;
        this.batch = settings.batch();
        this.metrics = metrics;
        this.timetable = new Timetable(new Spread(settings.spread()));
    }

    /** Goes through all that is due now. What was looked at is not due any more, so this comes to an end. */
    Uni<Void> run() {
        return Multi.createBy()
                .repeating()
                .uni(this::round)
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** @return whether there may be more */
    private Uni<Boolean> round() {
        return attendance
                .mayBegin()
                .chain(may -> may ? handOut() : Uni.createFrom().item(false));
    }

    private Uni<Boolean> handOut() {
        return sessions.withStatelessTransaction(session -> due.take(session, batch))
                .chain(taken -> {
                    List<PutOff> putOff = new ArrayList<>();
                    List<DueSecret> ready = new ArrayList<>();
                    for (DueSecret each : taken) {
                        PutOff later = later(each, timetable);
                        if (later == null) {
                            ready.add(each);
                        } else {
                            putOff.add(later);
                        }
                    }
                    return sessions.withStatelessTransaction(session -> due.putOff(session, putOff))
                            .chain(() -> begin(ready))
                            .replaceWith(taken.size() == batch);
                });
    }

    /** Null where it begins now. */
    static @Nullable PutOff later(DueSecret secret, Timetable timetable) {
        Optional<Instant> begins = timetable.begin(secret.policy(), secret.now());
        if (begins.isEmpty()) {
            return held(secret, Hold.WINDOW);
        }
        if (begins.get().isAfter(secret.now())) {
            return new PutOff(secret, begins.get(), null);
        }
        if (!secret.usable()) {
            return held(secret, Hold.KEY);
        }
        return secret.rotating() ? held(secret, Hold.ROTATION) : null;
    }

    private static PutOff held(DueSecret secret, Hold hold) {
        Instant since = secret.heldSince();
        Duration waited = since == null ? Duration.ZERO : Duration.between(since, secret.now());
        return new PutOff(secret, secret.now().plus(LookAgain.after(waited, secret.speed())), hold);
    }

    private Uni<Void> begin(List<DueSecret> ready) {
        return Multi.createFrom()
                .iterable(ready)
                .onItem()
                .transformToUni(each -> Apart.run(vertx, () -> begin(each)))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** One that fails is looked at again later; the others go on. */
    private Uni<Void> begin(DueSecret secret) {
        return sessions.withStatelessTransaction(session -> due.lock(session, secret)
                        .chain(locked -> locked == null ? Uni.createFrom().voidItem() : begin(session, secret, locked)))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.errorf(
                            "The rotation of %s is due and could not be begun (%s); it is tried again.",
                            secret.policy().secret(), failure);
                    return sessions.withStatelessTransaction(
                            session -> due.putOff(session, List.of(held(secret, Hold.FAILURE))));
                });
    }

    private Uni<Void> begin(Mutiny.StatelessSession session, DueSecret secret, Secret locked) {
        return starter.startAutomatic(session, locked)
                .chain(start -> start == Start.BEGUN
                        ? due.letGo(session, secret).invoke(() -> measure(secret, locked))
                        : due.putOff(
                                session,
                                List.of(held(secret, start == Start.NOT_ITS_TURN ? Hold.TURN : Hold.ROTATION))));
    }

    private void measure(DueSecret secret, Secret locked) {
        metrics.lasted(
                Meter.ROTATION_START_LAG,
                lag(secret, timetable),
                locked.type().rotationType().orElseThrow());
    }

    /** How long ago the policy wanted it to begin, on the wall clock. */
    static Duration lag(DueSecret secret, Timetable timetable) {
        Policy policy = secret.policy();
        Instant since = policy.isAtOnce() ? policy.setAt() : policy.date();
        Instant wanted = timetable.begin(policy, since).orElse(secret.now());
        return Duration.ofMillis((long) (Duration.between(wanted, secret.now()).toMillis() / secret.speed()));
    }
}
