package io.gyre.api.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the relay gets its records to Kafka, as it found out last. Safe for use by several threads. */
@ApplicationScoped
class RelayState {
    /** Since when nothing gets through, and what was said at the first failure. */
    record HeldUp(Instant since, String reason) {}

    private final InstantSource clock;
    private @Nullable HeldUp heldUp;

    RelayState(InstantSource clock) {
        this.clock = clock;
    }

    /** @return whether that is news */
    synchronized boolean sends() {
        boolean news = heldUp != null;
        heldUp = null;
        return news;
    }

    /** @return whether that is news */
    synchronized boolean failed(Throwable failure) {
        if (heldUp != null) {
            return false;
        }
        Throwable root = failure;
        for (Throwable cause = failure.getCause(); cause != null && cause != root; cause = cause.getCause()) {
            root = cause;
        }
        heldUp = new HeldUp(clock.instant(), root.getClass().getSimpleName() + ": " + root.getMessage());
        return true;
    }

    synchronized Optional<HeldUp> heldUp() {
        return Optional.ofNullable(heldUp);
    }

    String reason() {
        return heldUp().map(HeldUp::reason).orElse("");
    }
}
