package io.gyre.api.webhooks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.outgoing.OutgoingAnswer;
import io.gyre.api.outgoing.OutgoingAnswer.Answered;
import io.gyre.api.outgoing.OutgoingCalls;
import io.gyre.api.testing.Rows;
import io.gyre.api.wire.Apart;
import io.gyre.metrics.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sends what when several processes do, each of them as it is but for the receivers, which the test plays. */
@QuarkusTest
class DeliveriesTest {
    private static final String TICK = "webhook-deliveries-due";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final OutgoingAnswer WELL = new Answered(200, null);

    @Inject
    Vertx vertx;

    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    WebhookStore webhooks;

    @Inject
    DeliveryStore store;

    @Inject
    WebhookSecrets secrets;

    @Inject
    OutgoingCalls outgoing;

    @Inject
    Deliveries own;

    @Inject
    Scheduler scheduler;

    @Inject
    Rows rows;

    private final List<String> made = new ArrayList<>();

    @BeforeEach
    void keepTheServiceFromSending() {
        scheduler.pause(TICK);
        Apart.run(vertx, own::sendDue).await().atMost(PATIENCE);
    }

    @AfterEach
    void leaveNone() {
        made.forEach(id -> rows.change("DELETE FROM webhook WHERE webhook_id = CAST(? AS uuid)", id));
        scheduler.resume(TICK);
    }

    /** A process, what it has sent, and what its receivers say. */
    private final class Played extends WebhookCalls {
        private final Deliveries deliveries;
        private final List<String> sent = new CopyOnWriteArrayList<>();
        private final Map<String, CompletableFuture<OutgoingAnswer>> answers = new ConcurrentHashMap<>();

        Played() {
            super(outgoing);
            deliveries = new Deliveries(
                    vertx, sessions, webhooks, store, secrets, this, new Metrics(new SimpleMeterRegistry()));
        }

        /** Until it is completed, the receiver is silent. */
        CompletableFuture<OutgoingAnswer> receiver(String webhook) {
            return answers.computeIfAbsent(url(webhook), url -> new CompletableFuture<>());
        }

        @Override
        Uni<OutgoingAnswer> send(String url, List<WebhookSecret> valid, String id, long timestamp, String body) {
            Context caller = Vertx.currentContext();
            sent.add(id);
            return Uni.createFrom()
                    .completionStage(answers.getOrDefault(url, CompletableFuture.completedFuture(WELL)))
                    .emitOn(task -> caller.runOnContext(run -> task.run()));
        }

        /** A tick. */
        CompletableFuture<Void> turn() {
            return Apart.run(vertx, deliveries::sendDue)
                    .subscribeAsCompletionStage()
                    .toCompletableFuture();
        }

        /** A tick, and whatever it had to do. */
        void sendDue() {
            Apart.run(vertx, deliveries::sendDue).await().atMost(PATIENCE);
        }
    }

    private static String url(String webhook) {
        return "http://127.0.0.1:1/" + webhook;
    }

    private String webhook(String state) {
        String id = UUID.randomUUID().toString();
        made.add(id);
        rows.change(
                "INSERT INTO webhook (webhook_id, account_id, name, url, event_types, state, reason, created_by)"
                        + " VALUES (CAST(? AS uuid), 'of-a-test', 'chat', ?, '{io.gyre.nothing}', ?, 'Made.', 'a-test')",
                id,
                url(id),
                state);
        return id;
    }

    /** The events of deliveries that are due, the oldest first. */
    private List<String> due(String webhook, int count) {
        List<String> events = new ArrayList<>();
        for (int n = count; n > 0; n--) {
            String event = UUID.randomUUID().toString();
            events.add(event);
            rows.change(
                    "INSERT INTO webhook_delivery (webhook_id, event_id, event_type, body, next_at)"
                            + " VALUES (CAST(? AS uuid), CAST(? AS uuid), 'io.gyre.nothing', '{}',"
                            + " clock_timestamp() - CAST(? AS integer) * interval '1 second')",
                    webhook,
                    event,
                    n);
        }
        return events;
    }

    private boolean waits(String event) {
        return rows.count("SELECT count(*) FROM webhook_delivery WHERE event_id = CAST(? AS uuid)", event) > 0;
    }

    private String of(String event, String column) {
        return rows.text(
                "SELECT CAST(" + column + " AS text) FROM webhook_delivery WHERE event_id = CAST(? AS uuid)", event);
    }

    @Test
    void aReceiverThatDoesNotAnswerIsWaitedForByItsOwnDeliveriesAlone() {
        Played process = new Played();
        String silent = webhook("Active");
        CompletableFuture<OutgoingAnswer> receiver = process.receiver(silent);
        List<String> waiting = due(silent, 6);
        CompletableFuture<Void> turn = process.turn();
        await().atMost(PATIENCE).until(() -> process.sent.equals(waiting.subList(0, 1)));

        List<String> others = due(webhook("Active"), 9);
        process.sendDue();
        assertTrue(process.sent.containsAll(others), "They were sent, with their receiver's neighbour still silent.");
        assertFalse(others.stream().anyMatch(this::waits));
        assertFalse(turn.isDone());
        assertEquals(1, process.sent.stream().filter(waiting::contains).count(), "It is not called a second time.");

        receiver.complete(WELL);
        turn.join();
        assertEquals(waiting, process.sent.stream().filter(waiting::contains).toList());
    }

    @Test
    void whatIsDueOfAWebhookIsSentInItsOrderAndAllOfIt() {
        Played process = new Played();
        List<String> events = due(webhook("Active"), 11);
        process.sendDue();
        assertEquals(events, process.sent);
        assertFalse(events.stream().anyMatch(this::waits));
    }

    @Test
    void twoProcessesThatSendAtOnceSendEachDeliveryOnce() {
        Played first = new Played();
        Played second = new Played();
        String webhook = webhook("Active");
        CompletableFuture<OutgoingAnswer> receiver = first.receiver(webhook);
        List<String> events = due(webhook, 40);
        CompletableFuture<Void> turn = first.turn();
        await().atMost(PATIENCE).until(() -> !first.sent.isEmpty());
        second.sendDue();
        receiver.complete(WELL);
        turn.join();
        assertEquals(events.subList(0, 4), first.sent, "It had taken the first four.");
        assertEquals(events.subList(4, 40), second.sent);
        assertFalse(events.stream().anyMatch(this::waits));
    }

    @Test
    void whatAnotherProcessIsTakingIsPassedOverAndNotWaitedFor() {
        Played process = new Played();
        List<String> events = due(webhook("Active"), 3);
        try (Rows.Held taking = rows.held()) {
            taking.texts("SELECT 1 FROM webhook_delivery WHERE event_id = CAST(? AS uuid) FOR UPDATE", events.get(0));
            process.sendDue();
            assertEquals(events.subList(1, 3), process.sent);
        }
        process.sendDue();
        assertEquals(Set.copyOf(events), new HashSet<>(process.sent));
    }

    @Test
    void whatAProcessHadTakenThatDiedIsSentByAnotherOnceItsLeaseHasEnded() {
        Played dead = new Played();
        Played other = new Played();
        String webhook = webhook("Active");
        CompletableFuture<OutgoingAnswer> receiver = dead.receiver(webhook);
        String event = due(webhook, 1).get(0);
        CompletableFuture<Void> turn = dead.turn();
        await().atMost(PATIENCE).until(() -> !dead.sent.isEmpty());
        other.sendDue();
        assertEquals(List.of(), other.sent, "It is leased.");
        assertEquals("1", of(event, "attempts"));

        rows.change(
                "UPDATE webhook_delivery SET next_at = next_at - interval '60 seconds' WHERE event_id = CAST(? AS uuid)",
                event);
        other.sendDue();
        assertEquals(List.of(event), other.sent, "It is sent under the same id.");
        assertFalse(waits(event));

        // It was paused, and not dead: what it says of the delivery comes too late.
        receiver.complete(new Answered(500, null));
        turn.join();
        assertFalse(waits(event));
    }

    @Test
    void aReceiverThatIsGoneIsSentNothingMore() {
        Played process = new Played();
        String webhook = webhook("Active");
        process.receiver(webhook).complete(new Answered(410, null));
        List<String> events = due(webhook, 3);
        process.sendDue();
        assertEquals(events.subList(0, 1), process.sent);
        assertEquals("answered 410", of(events.get(2), "last_answer"));
        assertEquals("0", of(events.get(0), "count(next_at)"));
    }

    @Test
    void whatIsOfAPausedWebhookIsNotTaken() {
        Played process = new Played();
        String event = due(webhook("Paused"), 1).get(0);
        process.sendDue();
        assertEquals(List.of(), process.sent);
        assertEquals("0", of(event, "attempts"));
    }

    @Test
    void thirtyDaysAfterItFailedOrWasLeftWaitingADeliveryIsForgotten() {
        List<String> events = due(webhook("Paused"), 4);
        for (int n = 0; n < 4; n++) {
            rows.change(
                    "UPDATE webhook_delivery SET created_at = clock_timestamp() - CAST(? AS interval)"
                            + " WHERE event_id = CAST(? AS uuid)",
                    List.of("29 days", "31 days", "33 days", "33 days").get(n),
                    events.get(n));
        }
        for (int n = 2; n < 4; n++) {
            rows.change(
                    "UPDATE webhook_delivery SET next_at = NULL, failed_at = clock_timestamp() - CAST(? AS interval)"
                            + " WHERE event_id = CAST(? AS uuid)",
                    List.of("29 days", "31 days").get(n - 2),
                    events.get(n));
        }
        Apart.run(vertx, own::forgetOld).await().atMost(PATIENCE);
        assertEquals(
                List.of(true, false, true, false),
                events.stream().map(this::waits).toList());
    }
}
