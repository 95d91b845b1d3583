package io.gyre.api.webhooks;

import io.gyre.api.outgoing.OutgoingAnswer;
import io.gyre.api.outgoing.OutgoingAnswer.Answered;
import io.gyre.api.wire.Apart;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Sends what is due. Any number of processes may do so at the same time: each takes deliveries of its own. One that dies in
 * between leaves them for another, which sends them once more under the same ids.
 */
@ApplicationScoped
public class Deliveries {
    private static final Logger LOG = Logger.getLogger(Deliveries.class);

    /** Webhooks that a process sends to side by side: more than an account has. Each holds a call at a time. */
    private static final int MOST_AT_WORK = 64;

    /** Of a webhook at a time; sent one after the other. */
    private static final int OF_EACH = 4;

    /** Longer than so many calls, {@link WebhookCalls#ANSWERED_WITHIN} each, and what is written of them take. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    /** Failed ones are kept for so long, and those of paused webhooks. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** A webhook that fails for longer is told of: its first deliveries are given up a day later. */
    private static final Duration TOLD_AFTER = Duration.ofDays(2);

    private static final int GONE = 410;

    /** As {@link Meter#WEBHOOK_DELIVERY} has them. */
    private static final String DELIVERED = "delivered";

    private static final String AGAIN = "again";
    private static final String FAILED = "failed";
    private static final String DISABLED = "gone";
    private static final List<String> OUTCOMES = List.of(DELIVERED, AGAIN, FAILED, DISABLED);

    private final Vertx vertx;
    private final Mutiny.SessionFactory sessions;
    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final WebhookSecrets secrets;
    private final WebhookCalls calls;
    private final Metrics metrics;

    /** The webhooks that this process is sending to. */
    private final Set<UUID> atWork = ConcurrentHashMap.newKeySet();

    Deliveries(
            Vertx vertx,
            Mutiny.SessionFactory sessions,
            WebhookStore webhooks,
            DeliveryStore deliveries,
            WebhookSecrets secrets,
            WebhookCalls calls,
            Metrics metrics) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.calls = calls;
        this.metrics = metrics;
        OUTCOMES.forEach(outcome -> metrics.beginsAtZero(Meter.WEBHOOK_DELIVERY, outcome));
    }

    /** What was taken of a webhook, with the secrets that it is signed with. */
    private record Batch(List<DueDelivery> due, List<WebhookSecret> secrets) {}

    private record Sent(DueDelivery delivery, OutgoingAnswer answer) {}

    /**
     * Each webhook's beside the others', and for as long as all that is sent to it succeeds. One that this process is still sending to
     * is passed over: a receiver that does not answer is waited for by its own deliveries alone.
     */
    public Uni<Void> sendDue() {
        return sessions.withStatelessSession(deliveries::webhooksWithDue).chain(due -> Multi.createFrom()
                .iterable(due.stream().filter(this::engage).toList())
                .onItem()
                .transformToUni(this::sendApart)
                // One that cannot be written of stops none of the others, and is told then.
                .collectFailures()
                .merge(MOST_AT_WORK)
                .collect()
                .last()
                .replaceWithVoid());
    }

    /** Failed deliveries that nobody asked about for long, and secrets that were replaced. */
    public Uni<Void> forgetOld() {
        return sessions.withStatelessTransaction(
                session -> deliveries.forgetOld(session, KEPT).chain(() -> webhooks.forgetEndedSecrets(session)));
    }

    private boolean engage(UUID webhook) {
        return atWork.size() < MOST_AT_WORK && atWork.add(webhook);
    }

    private Uni<Void> sendApart(UUID webhook) {
        return Apart.run(vertx, () -> sendAll(webhook)).onTermination().invoke(() -> atWork.remove(webhook));
    }

    private Uni<Void> sendAll(UUID webhook) {
        return Multi.createBy()
                .repeating()
                .uni(() -> sessions.withStatelessTransaction(session -> take(session, webhook))
                        .chain(this::send))
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Batch> take(Mutiny.StatelessSession session, UUID webhook) {
        return deliveries.take(session, webhook, OF_EACH, LEASE).chain(due -> secrets.valid(session, webhook)
                .map(valid -> new Batch(due, valid)));
    }

    /** One after the other, up to one whose receiver is gone; @return whether there may be more that the receiver takes */
    private Uni<Boolean> send(Batch batch) {
        return Multi.createFrom()
                .iterable(batch.due())
                .onItem()
                .transformToUniAndConcatenate(delivery -> send(delivery, batch.secrets())
                        .call(sent -> sessions.withStatelessTransaction(session -> settle(session, sent))))
                .select()
                .first(sent -> !isGone(sent))
                .filter(Deliveries::isWell)
                .collect()
                .asList()
                .map(well -> !well.isEmpty() && well.size() == batch.due().size());
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
                    .chain(() -> deliveries.delivered(session, delivery.id()))
                    .invoke(() -> metrics.count(Meter.WEBHOOK_DELIVERY, DELIVERED));
        }
        if (isGone(sent)) {
            return disable(session, delivery.webhook()).invoke(() -> metrics.count(Meter.WEBHOOK_DELIVERY, DISABLED));
        }
        return tellFailure(session, delivery.webhook()).chain(() -> retry(session, sent));
    }

    private Uni<Void> disable(Mutiny.StatelessSession session, UUID webhook) {
        return webhooks.disable(session, webhook, "Its receiver answered 410: it is gone.")
                .invoke(disabled -> {
                    if (disabled) {
                        LOG.warnf(
                                "Webhook %s is disabled, since its receiver answered 410: delete it, or resume it once"
                                        + " its receiver is back.",
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
                .orElseGet(() -> deliveries.failed(session, id, told))
                .invoke(() -> metrics.count(Meter.WEBHOOK_DELIVERY, wait.isPresent() ? AGAIN : FAILED));
    }

    private Uni<Void> tellFailure(Mutiny.StatelessSession session, UUID webhook) {
        return webhooks.fails(session, webhook)
                .chain(() -> webhooks.takeFailureToTell(session, webhook, TOLD_AFTER))
                .invoke(tell -> {
                    if (tell) {
                        LOG.warnf(
                                "Nothing could be delivered to webhook %s for %d days: ./gyre webhooks list tells"
                                        + " since when.",
                                webhook, TOLD_AFTER.toDays());
                    }
                })
                .replaceWithVoid();
    }

    private static boolean isWell(Sent sent) {
        return sent.answer() instanceof Answered answered && answered.isWell();
    }

    private static boolean isGone(Sent sent) {
        return sent.answer() instanceof Answered answered && answered.status() == GONE;
    }

    private static Duration asked(OutgoingAnswer answer) {
        return RetryAfter.of(answer instanceof Answered answered ? answered.retryAfter() : null);
    }
}
