package io.gyre.api.console;

import io.gyre.api.operations.InstanceView;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A KMS instance as pages show it.
 *
 * @param now on the calendar
 */
record InstanceLine(InstanceView instance, Instant now) {
    /** From here on events tell of it, and so does the colour. */
    private static final Duration NEAR = Duration.ofDays(30);

    public String id() {
        return instance.instanceId();
    }

    /** Its name, or else its id. */
    public String label() {
        return instance.name().isEmpty() ? id() : instance.name();
    }

    /** A shape with a colour, as the style sheet names them. */
    public String shape() {
        return switch (instance.status()) {
            case "Running" -> near() ? "late" : "works";
            case "Expired" -> "failed";
            default -> "open";
        };
    }

    public String status() {
        return instance.status().toLowerCase(Locale.ROOT);
    }

    private boolean near() {
        Instant expires = instance.expiresAt();
        return expires != null && expires.isBefore(now.plus(NEAR));
    }

    /** What comes to it next, and when; empty where nothing does. */
    public Optional<RelativeTime> next() {
        return Optional.ofNullable(
                        switch (instance.status()) {
                            case "Running" -> instance.expiresAt();
                            case "Expired" -> instance.releasePlannedAt();
                            default -> instance.releasedAt();
                        })
                .map(at -> new RelativeTime(at, now));
    }

    /** What stands before {@link #next}. */
    public String nextIs() {
        return switch (instance.status()) {
            case "Running" -> "expires";
            case "Expired" -> "its keys are destroyed";
            default -> "released";
        };
    }

    public boolean renewable() {
        return instance.releasedAt() == null && instance.expiresAt() != null;
    }

    public String renewal() {
        return ConsoleRoutes.ROOT + InstancesPage.PATH + "/" + id() + "/renew";
    }

    /** Whether there is still something to keep. */
    public boolean keepable() {
        return instance.releasedAt() == null;
    }

    public String backup() {
        return ConsoleRoutes.ROOT + InstancesPage.PATH + "/" + id() + "/back-up";
    }

    public String secrets() {
        return ConsoleRoutes.ROOT + SecretsPage.PATH + "?instance=" + id();
    }

    public RelativeTime made() {
        return new RelativeTime(instance.createdAt(), now);
    }
}
