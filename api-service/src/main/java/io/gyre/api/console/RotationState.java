package io.gyre.api.console;

import io.gyre.api.operations.RotationSummary;
import java.time.Instant;

/** Where a rotation stands: a shape with a colour, as the style sheet names them, and words. */
record RotationState(String shape, String words) {
    /** @param now on the calendar */
    static RotationState of(RotationSummary rotation, Instant now) {
        String since = new RelativeTime(rotation.requestedAt(), now).span();
        return switch (rotation.state()) {
            case "Succeeded" -> new RotationState("works", "succeeded after " + took(rotation));
            case "Failed" -> new RotationState("failed", "failed after " + took(rotation));
            default -> open(rotation.state(), rotation.lateness() != null, since);
        };
    }

    /** Of one that has not ended. */
    static RotationState open(String state, boolean late, String since) {
        if (state.equals("Waiting")) {
            return new RotationState("late", "waits for a person");
        }
        return late
                ? new RotationState("late", "late, rotating for " + since)
                : new RotationState("moves", "rotating for " + since);
    }

    private static String took(RotationSummary rotation) {
        Instant ended = rotation.endedAt() == null ? rotation.requestedAt() : rotation.endedAt();
        return new RelativeTime(rotation.requestedAt(), ended).span();
    }
}
