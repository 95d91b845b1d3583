package io.gyre.api.console;

import io.gyre.api.operations.SecretPage.Rotating;
import io.gyre.api.operations.SecretPage.Row;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A secret as the list shows it.
 *
 * @param now on the calendar
 */
record SecretLine(Row secret, Instant now) {
    /** As much of an id as tells instances without a name apart. */
    private static final int SHORT_ID = 12;

    public String name() {
        return secret.name();
    }

    public String address() {
        return OneSecretPage.address(name());
    }

    public String type() {
        return secret.secretType();
    }

    public RotationState rotation() {
        Rotating rotating = secret.rotating();
        if (rotating != null) {
            return RotationState.open(
                    rotating.state(), rotating.late(), new RelativeTime(rotating.requestedAt(), now).span());
        }
        if (secret.deletionPlannedAt() != null) {
            return new RotationState("open", "none: to be deleted");
        }
        return switch (secret.rotationStatus()) {
            case "Enabled" -> new RotationState("works", "automatic");
            case "Invalid" -> new RotationState("failed", "the last one failed");
            default -> new RotationState("open", secret.secretType().equals("Generic") ? "none" : "off");
        };
    }

    /** When it is deleted, or rotated by its policy; empty where neither is planned. */
    public Optional<RelativeTime> next() {
        Instant rotation = secret.rotationStatus().equals("Enabled") ? secret.nextRotationAt() : null;
        return Optional.ofNullable(deleted() ? secret.deletionPlannedAt() : rotation)
                .map(at -> new RelativeTime(at, now));
    }

    /** What stands before {@link #next}. */
    public String nextIs() {
        if (deleted()) {
            return "deleted";
        }
        return next().filter(RelativeTime::isPast).isPresent() ? "due" : "";
    }

    private boolean deleted() {
        return secret.deletionPlannedAt() != null;
    }

    public String instanceId() {
        return Objects.requireNonNull(secret.instanceId());
    }

    /** Its name, or the beginning of its id. */
    public String instanceLabel() {
        String name = Objects.requireNonNullElse(secret.instanceName(), "");
        String id = instanceId();
        if (!name.isEmpty()) {
            return name;
        }
        return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) + "…" : id;
    }

    /** {@code expired} or {@code released}; empty where its values can be used. */
    public String unavailable() {
        return secret.status().equals("Available")
                ? ""
                : Objects.requireNonNullElse(secret.instanceStatus(), secret.status())
                        .toLowerCase(Locale.ROOT);
    }
}
