package io.gyre.api.schedule;

import io.gyre.schedule.Policy;
import io.gyre.schedule.RotationWindow;
import io.gyre.secret.SecretArn;
import io.gyre.secret.SecretType;
import io.gyre.store.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that bears on when a secret is rotated by its policy.
 *
 * @param rotationStatus Enabled, Disabled or Invalid
 * @param tags as they are stored
 * @param setAt since when its date stands; none where no policy rotates it just now
 * @param beginsAt when it is looked at next; as for setAt
 * @param pause of this secret alone
 * @param pauseOfAll of every secret
 * @param now what the calendar shows
 */
public record SecretSchedule(
        String name,
        String arn,
        SecretType type,
        String rotationStatus,
        @Nullable Duration interval,
        @Nullable Instant lastRotationAt,
        Instant createdAt,
        @Nullable Instant nextRotationAt,
        @Nullable Instant deletionPlannedAt,
        @Nullable Instant setAt,
        @Nullable Instant beginsAt,
        @Nullable Window window,
        @Nullable Hold heldBy,
        @Nullable Instant heldSince,
        @Nullable Pause pause,
        @Nullable Pause pauseOfAll,
        String tags,
        Instant now) {
    private static final String NO_TAGS = "[]";

    /** As it was set. */
    public record Window(String cron, String zone, long seconds) {
        RotationWindow openings() {
            return CronWindow.stored(cron, zone, seconds);
        }
    }

    /** Since when nothing begins by a policy, by the order of which AccessKey, and why. */
    public record Pause(Instant since, String by, @Nullable String reason) {}

    /** Of a secret that is created now, before anything is set. */
    public static SecretSchedule ofNew(SecretArn arn, SecretType type, Instant now) {
        return new SecretSchedule(
                arn.name(),
                arn.toString(),
                type,
                Secret.ROTATION_DISABLED,
                null,
                null,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                NO_TAGS,
                now);
    }

    /** The policy that rotates it, or would, were it not paused; null where it has none, or is to be deleted. */
    public @Nullable Policy policy() {
        if (rotationStatus.equals(Secret.ROTATION_DISABLED)
                || interval == null
                || nextRotationAt == null
                || deletionPlannedAt != null) {
            return null;
        }
        return new Policy(arn, interval, nextRotationAt, setAt == null ? now : setAt, openings(window));
    }

    /** From when on its coming rotations count: one that is due may have been moved on, to catch up or since something holds it. */
    public Instant seenFrom() {
        boolean movedOn =
                beginsAt != null && beginsAt.isAfter(now) && nextRotationAt != null && !nextRotationAt.isAfter(now);
        return movedOn ? Objects.requireNonNull(beginsAt) : now;
    }

    /** The policy that it would have, were this one set now. */
    public Policy wouldBe(Duration otherInterval, @Nullable Window otherWindow) {
        Instant last = lastRotationAt == null ? createdAt : lastRotationAt;
        return new Policy(arn, otherInterval, last.plus(otherInterval), now, openings(otherWindow));
    }

    private static RotationWindow openings(@Nullable Window window) {
        return window == null ? RotationWindow.ALWAYS : window.openings();
    }
}
