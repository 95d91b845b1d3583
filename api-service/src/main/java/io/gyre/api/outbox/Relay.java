package io.gyre.api.outbox;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Starts and stops what sends the outbox. */
@ApplicationScoped
public class Relay {
    private static final Logger LOG = Logger.getLogger(Relay.class);

    /** A turn lasts milliseconds, unless Kafka is away: then it gives up within {@code delivery.timeout.ms}, 6 s. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(7);

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

    /** Before Kafka's client and the pools are closed: what it has begun to send is acknowledged and deleted, or left. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        listener.stop();
        try {
            loop.stop().toCompletionStage().toCompletableFuture().get(STOP_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The relay is stopped in the middle of a turn; another process takes it up.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
