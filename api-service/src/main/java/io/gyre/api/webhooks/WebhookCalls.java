package io.gyre.api.webhooks;

import io.gyre.api.outgoing.OutgoingAddress;
import io.gyre.api.outgoing.OutgoingAnswer;
import io.gyre.api.outgoing.OutgoingAnswer.Answered;
import io.gyre.api.outgoing.OutgoingAnswer.Unanswered;
import io.gyre.api.outgoing.OutgoingCalls;
import io.gyre.api.outgoing.OutgoingRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sends a signed CloudEvent in structured mode. */
@ApplicationScoped
class WebhookCalls {
    static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    private final OutgoingCalls calls;

    WebhookCalls(OutgoingCalls calls) {
        this.calls = calls;
    }

    /**
     * Never fails. What may be called may have become less since the webhook was made.
     *
     * @param id of the event, whenever it is sent
     * @param timestamp of this attempt, in seconds since 1970
     */
    Uni<OutgoingAnswer> send(String url, List<WebhookSecret> secrets, String id, long timestamp, String body) {
        return OutgoingAddress.of(url)
                .map(address -> calls.call(
                        address,
                        new OutgoingRequest(
                                HttpMethod.POST,
                                Map.of(
                                        "content-type",
                                        "application/cloudevents+json; charset=UTF-8",
                                        "webhook-id",
                                        id,
                                        "webhook-timestamp",
                                        Long.toString(timestamp),
                                        "webhook-signature",
                                        WebhookSecret.header(secrets, id, timestamp, body)),
                                body,
                                ANSWERED_WITHIN)))
                .orElseGet(() -> Uni.createFrom().item(new Unanswered("is of an address that is not called")));
    }

    /** In a few words, for people. */
    static String told(OutgoingAnswer answer) {
        return answer instanceof Answered answered ? "answered " + answered.status() : ((Unanswered) answer).why();
    }
}
