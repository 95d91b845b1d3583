package io.gyre.api.console;

import io.gyre.api.operations.RotationDetail.Entry;
import io.gyre.api.operations.RotationSummary;
import io.gyre.rotation.picture.Course;
import io.gyre.rotation.picture.RotationPicture;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A rotation as lists show it.
 *
 * @param timeline oldest first
 * @param now on the calendar
 */
record RotationLine(RotationSummary rotation, List<Entry> timeline, Instant now) {
    public String secret() {
        return rotation.secretName();
    }

    public String address() {
        return OneRotationPage.address(rotation.rotationId().toString());
    }

    public String type() {
        return rotation.rotationType().toUpperCase(Locale.ROOT);
    }

    public RotationState state() {
        return RotationState.of(rotation, now);
    }

    /** What happened last. */
    public String note() {
        return rotation.note();
    }

    public RelativeTime requested() {
        return new RelativeTime(rotation.requestedAt(), now);
    }

    /** Without names, which lists do not know. */
    public RotationDrawing drawing() {
        return RotationDrawing.small(RotationPicture.of(new Course(
                rotation.secretSubType(),
                "The former credential",
                "The new credential",
                rotation.requestedAt(),
                Objects.requireNonNullElse(rotation.endedAt(), now),
                rotation.endedAt() != null,
                RotationView.calendar(rotation.nextWake()),
                RotationView.passed(timeline))));
    }
}
