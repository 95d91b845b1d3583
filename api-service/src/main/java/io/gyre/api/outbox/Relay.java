package io.gyre.api.outbox;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Starts and stops what sends the outbox. */
@ApplicationScoped
public class Relay {
    private final RelayLoop loop;
    private final OutboxListener listener;

    Relay(RelayLoop loop, OutboxListener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    public void start() {
        loop.start();
        listener.start();
    }

    /**
     * Completes once the turn that it is at, if any, has ended: what it has begun to send is acknowledged and deleted, or left. A turn
     * lasts milliseconds, unless Kafka is away: then it gives up within {@code delivery.timeout.ms}, 6 s.
     */
    public Uni<Void> stop() {
        listener.stop();
        return Uni.createFrom().completionStage(() -> loop.stop().toCompletionStage());
    }
}
