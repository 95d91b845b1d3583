package io.gyre.api.instances;

import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.outbox.Outbox;
import io.gyre.event.InstanceEnding;
import io.gyre.event.Topics;
import io.gyre.store.KmsInstance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Tells ahead of each date on which an instance loses something, each date once: 30, 7 and 1 days before its expiry, at its
 * expiry, 7 and 1 days before its release, and at its release. Where several dates passed at once, the latest is told.
 */
@ApplicationScoped
public class InstanceWarnings {
    /** Takes those that have reached a date they were not told of; what another process is at work on is passed over. */
    private static final String TAKE_DUE = """
            WITH reached AS (
                SELECT i.instance_id, d.dates
                FROM kms_instance i, calendar_now() AS now,
                    LATERAL (SELECT count(*) AS dates
                        FROM unnest(ARRAY[-30, -7, -1, 0, 8, 14]) AS day
                        WHERE now >= i.expires_at + day * interval '1 day') passed,
                    LATERAL (SELECT CASE WHEN i.released_at IS NULL THEN passed.dates ELSE 7 END AS dates) d
                WHERE i.expires_at <= now + interval '30 days' AND i.warnings_told < d.dates
                LIMIT :batch
                FOR UPDATE OF i SKIP LOCKED)
            UPDATE kms_instance i SET warnings_told = reached.dates
            FROM reached WHERE reached.instance_id = i.instance_id
            RETURNING i.instance_id
            """;

    private final InstallationCalendar calendar;
    private final Installation installation;
    private final Outbox outbox;

    InstanceWarnings(InstallationCalendar calendar, Installation installation, Outbox outbox) {
        this.calendar = calendar;
        this.installation = installation;
        this.outbox = outbox;
    }

    /** What is left comes with the next call; @return of how many instances something was told */
    public Uni<Integer> tell(Mutiny.StatelessSession session, int batch) {
        return session.createNativeQuery(TAKE_DUE, String.class)
                .setParameter("batch", batch)
                .getResultList()
                .chain(due -> due.isEmpty()
                        ? Uni.createFrom().item(0)
                        : calendar.now(session)
                                .chain(now -> tell(session, due, now))
                                .replaceWith(due.size()));
    }

    private Uni<Void> tell(Mutiny.StatelessSession session, List<String> due, Moment now) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(id -> session.get(KmsInstance.class, id)
                        .map(this::ending)
                        .chain(ending -> outbox.put(
                                session,
                                Topics.INSTANCE_EVENTS,
                                ending.instanceArn(),
                                type(ending),
                                now.wall(),
                                ending)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private InstanceEnding ending(KmsInstance instance) {
        Instant expires = Objects.requireNonNull(instance.expiresAt(), "the expiry of an instance that ends");
        Instant release = expires.plus(InstanceRules.UNTIL_RELEASE);
        return new InstanceEnding(
                InstanceRules.arn(installation.region(), instance),
                instance.instanceId(),
                instance.name(),
                InstanceRules.status(instance),
                expires,
                release,
                switch (InstanceRules.status(instance)) {
                    case "Running" ->
                        "It expires at " + expires + ": then its keys and secrets cannot be used. Renew it before.";
                    case "Expired" ->
                        "Its keys and secrets cannot be used. Renew it before " + release
                                + ": then it is released, and what is encrypted in it is lost.";
                    default -> "It was released: its key is destroyed, and what was encrypted in it is lost.";
                });
    }

    private static String type(InstanceEnding ending) {
        return switch (ending.status()) {
            case "Running" -> InstanceEnding.EXPIRING;
            case "Expired" -> InstanceEnding.EXPIRED;
            default -> InstanceEnding.RELEASED;
        };
    }
}
