package io.gyre.api.webhooks;

import io.gyre.api.outgoing.OutgoingAnswer;
import io.gyre.api.outgoing.OutgoingAnswer.Answered;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due. Any number of processes may do so at the same time: each takes deliveries of its own. One that dies in
 * between leaves them for another, which sends them once more under the same ids.
 */
@ApplicationScoped
public class Deliveries {
    private static final Logger LOG = Logger.getLogger(Deliveries.class);

    /** Of a webhook at a time; sent side by side. */
    private static final int OF_EACH = 8;

    /** Longer than a call and what is written of it take. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** Failed ones are kept for so long, and those of paused webhooks. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** A webhook that fails for longer is told of: its first deliveries are given up a day later. */
    private static final Duration TOLD_AFTER = Duration.ofDays(2);

    private static final int GONE = 410;

    private final Mutiny.SessionFactory sessions;
    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final WebhookSecrets secrets;
    private final WebhookCalls calls;

    Deliveries(
            Mutiny.SessionFactory sessions,
            WebhookStore webhooks,
            DeliveryStore deliveries,
            WebhookSecrets secrets,
            WebhookCalls calls) {
        this.sessions = sessions;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.calls = calls;
    }

    /** What was taken, with the secrets that it is signed with. */
    private record Taken(List<DueDelivery> due, Map<UUID, List<WebhookSecret>> secrets) {}

    private record Sent(DueDelivery delivery, OutgoingAnswer answer) {}

    /** Goes on for as long as whatever is sent succeeds. */
    public Uni<Void> sendDue() {
        return sessions.withStatelessTransaction(this::take)
                .chain(this::send)
                .chain(sent -> sent.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : inTurn(sent, each -> sessions.withStatelessTransaction(session -> settle(session, each)))
                                .chain(() -> sent.stream().allMatch(Deliveries::isWell)
                                        ? sendDue()
                                        : Uni.createFrom().voidItem()));
    }

    /** Failed deliveries that nobody asked about for long, and secrets that were replaced. */
    public Uni<Void> forgetOld() {
        return sessions.withStatelessTransaction(
                session -> deliveries.forgetOld(session, KEPT).chain(() -> webhooks.forgetEndedSecrets(session)));
    }

    private Uni<Taken> take(Mutiny.StatelessSession session) {
        Map<UUID, List<WebhookSecret>> found = new HashMap<>();
        return deliveries.take(session, OF_EACH, LEASE).chain(due -> inTurn(
                        due.stream().map(DueDelivery::webhook).distinct().toList(),
                        webhook -> secrets.valid(session, webhook)
                                .invoke(valid -> found.put(webhook, valid))
                                .replaceWithVoid())
                .replaceWith(() -> new Taken(due, found)));
    }

    private Uni<List<Sent>> send(Taken taken) {
        return Multi.createFrom()
                .iterable(taken.due())
                .onItem()
                .transformToUni(delivery -> send(delivery, taken.secrets().getOrDefault(delivery.webhook(), List.of())))
                .merge(Math.max(1, taken.due().size()))
                .collect()
                .asList();
    }

    private Uni<Sent> send(DueDelivery delivery, List<WebhookSecret> valid) {
        return calls.send(delivery.url(), valid, delivery.eventId().toString(), delivery.timestamp(), delivery.body())
                .map(answer -> new Sent(delivery, answer));
    }

    /** Each in a transaction of its own, the webhook before the delivery: so no two processes wait for each other. */
    private Uni<Void> settle(Mutiny.StatelessSession session, Sent sent) {
        DueDelivery delivery = sent.delivery();
        if (isWell(sent)) {
            return webhooks.succeeds(session, delivery.webhook())
                    .chain(() -> deliveries.delivered(session, delivery.id()));
        }
        if (sent.answer() instanceof Answered answered && answered.status() == GONE) {
            return disable(session, delivery.webhook());
        }
        return tellFailure(session, delivery.webhook()).chain(() -> retry(session, sent));
    }

    private Uni<Void> disable(Mutiny.StatelessSession session, UUID webhook) {
        return webhooks.disable(session, webhook, "Its receiver answered 410: it is gone.")
                .invoke(disabled -> {
                    if (disabled) {
                        LOG.warnf(
                                "Webhook %s is disabled, since its receiver answered 410: delete it, or resume it once its"
                                        + " receiver is back.",
                                webhook);
                    }
                })
                .chain(() -> deliveries.allFailed(session, webhook, "answered 410"));
    }

    private Uni<Void> retry(Mutiny.StatelessSession session, Sent sent) {
        UUID id = sent.delivery().id();
        String told = WebhookCalls.told(sent.answer());
        Optional<Duration> wait = RetrySchedule.waitAfter(
                sent.delivery().attempts(),
                asked(sent.answer()),
                ThreadLocalRandom.current().nextDouble());
        return wait.map(until -> deliveries.again(session, id, until, told))
                .orElseGet(() -> deliveries.failed(session, id, told));
    }

    private Uni<Void> tellFailure(Mutiny.StatelessSession session, UUID webhook) {
        return webhooks.fails(session, webhook)
                .chain(() -> webhooks.takeFailureToTell(session, webhook, TOLD_AFTER))
                .invoke(tell -> {
                    if (tell) {
                        LOG.warnf(
                                "Nothing could be delivered to webhook %s for %d days: ./gyre webhooks list tells since when.",
                                webhook, TOLD_AFTER.toDays());
                    }
                })
                .replaceWithVoid();
    }

    private static boolean isWell(Sent sent) {
        return sent.answer() instanceof Answered answered && answered.isWell();
    }

    private static Duration asked(OutgoingAnswer answer) {
        return RetryAfter.of(answer instanceof Answered answered ? answered.retryAfter() : null);
    }

    private static <T extends @Nullable Object> Uni<Void> inTurn(List<T> all, Function<T, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(each -> work.apply(each))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
