package io.gyre.api.workers;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for what a worker writes into the database. */
@ApplicationScoped
public class WorkersWord {
    /** Workers sweep every 250 ms and then call a cloud: looking more often would tell nothing sooner. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Vertx vertx;

    WorkersWord(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Looks again and again. Between two looks nothing is held but a timer.
     *
     * @param look finds the word, or nothing yet; called on the context of the subscription
     * @return empty where there was none within the time
     */
    public <T> Uni<Optional<T>> within(Duration time, Supplier<Uni<Optional<T>>> look) {
        return look(time.dividedBy(BETWEEN_LOOKS), look);
    }

    private <T> Uni<Optional<T>> look(long more, Supplier<Uni<Optional<T>>> look) {
        return look.get()
                .chain(found -> found.isPresent() || more == 0
                        ? Uni.createFrom().item(found)
                        : pause().chain(() -> look(more - 1, look)));
    }

    private Uni<Void> pause() {
        return Uni.createFrom()
                .emitter(pause -> vertx.setTimer(BETWEEN_LOOKS.toMillis(), timer -> pause.complete(null)));
    }
}
