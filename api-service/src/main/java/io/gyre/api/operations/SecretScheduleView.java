package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.operations.WholeScheduleView.PauseView;
import io.gyre.api.schedule.Hold;
import io.gyre.api.schedule.SecretSchedule;
import io.gyre.api.schedule.SecretSchedule.Window;
import io.gyre.api.secrets.Turns;
import io.gyre.api.tags.Tags;
import io.gyre.api.wire.WireTime;
import io.gyre.schedule.Policy;
import io.gyre.schedule.Timetable;
import io.gyre.schedule.Timetable.Coming;
import io.gyre.store.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** When a secret is rotated by its policy, and what bears on it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SecretSchedule")
public record SecretScheduleView(
        String secretName,

        @Schema(enumeration = {"Enabled", "Disabled", "Invalid"})
        String rotationStatus,

        @Schema(description = "None without a policy.") @Nullable
        Long intervalSeconds,

        @Schema(description = "None where it was never rotated.") @Nullable
        Instant lastRotationAt,

        @Schema(description = "As the KMS API tells it.") @Nullable
        Instant nextRotationAt,

        @Schema(description = "None where a rotation may begin at any time.") @Nullable
        WindowView window,

        @Schema(description = "Of secrets of which one at a time is rotated: the value of the tag gyre:rotation-group.")
        @Nullable
        String group,

        @Schema(description = "Of this secret.") @Nullable PauseView pause,

        @Schema(description = "Of every secret.") @Nullable PauseView pauseOfAll,

        @Schema(description = "What keeps a rotation that is due from beginning.") @Nullable
        HoldView held,

        @Schema(description = "Whether its date was past already when it was set: then no spread delays the rotation.")
        boolean atOnce,

        @Schema(description = "The next five rotations, unless a pause or something else keeps them from beginning.")
        List<ComingView> coming,

        @Schema(description = "What a person should know of it, in sentences.")
        List<String> notes,

        @Schema(description = "What the calendar showed as this was read.")
        Instant asOf) {

    private static final int SHOWN = 5;

    /** As it was set. */
    @Schema(name = "RotationWindow")
    public record WindowView(String cron, String zone, long seconds) {}

    /** Since when, and why. */
    @Schema(name = "RotationHold")
    public record HoldView(
            @Schema(enumeration = {"key", "rotation", "turn", "window", "failure"})
            String by,

            @Schema(description = "On the calendar.") Instant since,

            @Schema(description = "The same in words.") String note) {}

    /** A rotation that is to come. */
    @Schema(name = "ComingRotation")
    public record ComingView(
            @Schema(description = "The date that the KMS API tells; after the first, as if each rotation took no time.")
            Instant date,

            @Schema(description = "When it begins: the date and its spread, within the window.")
            Instant begins) {}

    static SecretScheduleView of(SecretSchedule schedule, Timetable timetable) {
        return of(schedule, schedule.policy(), schedule.window(), timetable, schedule.seenFrom(), false);
    }

    static SecretScheduleView wouldBe(
            SecretSchedule schedule, Duration interval, @Nullable Window window, Timetable timetable) {
        return of(schedule, schedule.wouldBe(interval, window), window, timetable, schedule.now(), true);
    }

    private static SecretScheduleView of(
            SecretSchedule schedule,
            @Nullable Policy policy,
            @Nullable Window window,
            Timetable timetable,
            Instant seenFrom,
            boolean preview) {
        List<Coming> coming = policy == null ? List.of() : timetable.coming(policy, seenFrom, SHOWN);
        Hold heldBy = schedule.heldBy();
        Instant heldSince = schedule.heldSince();
        HoldView held = preview || heldBy == null || heldSince == null
                ? null
                : new HoldView(heldBy.label(), heldSince, heldBy.sentence());
        Duration interval = preview && policy != null ? policy.interval() : schedule.interval();
        return new SecretScheduleView(
                schedule.name(),
                preview ? Secret.ROTATION_ENABLED : schedule.rotationStatus(),
                interval == null ? null : interval.toSeconds(),
                schedule.lastRotationAt(),
                preview && policy != null ? policy.date() : schedule.nextRotationAt(),
                window == null ? null : new WindowView(window.cron(), window.zone(), window.seconds()),
                Turns.group(Tags.stored(schedule.tags())),
                PauseView.of(schedule.pause()),
                PauseView.of(schedule.pauseOfAll()),
                held,
                policy != null && policy.isAtOnce(),
                coming.stream()
                        .map(each -> new ComingView(each.date(), each.begins()))
                        .toList(),
                notes(schedule, policy, coming, held, preview),
                schedule.now());
    }

    private static List<String> notes(
            SecretSchedule schedule,
            @Nullable Policy policy,
            List<Coming> coming,
            @Nullable HoldView held,
            boolean preview) {
        List<String> notes = new ArrayList<>();
        if (policy == null) {
            notes.add("No policy rotates it: UpdateSecretRotationPolicy sets one.");
        } else {
            notes.addAll(ofPolicy(schedule, policy, coming, preview));
        }
        if (schedule.deletionPlannedAt() != null) {
            notes.add("It is planned for deletion, so nothing rotates it.");
        }
        if (schedule.pause() != null) {
            notes.add(paused("It", schedule.pause()));
        }
        if (schedule.pauseOfAll() != null) {
            notes.add(paused("Every secret", schedule.pauseOfAll()));
        }
        if (held != null) {
            notes.add("It waits since " + WireTime.text(held.since()) + ": " + held.note() + ".");
        }
        return notes;
    }

    private static List<String> ofPolicy(SecretSchedule schedule, Policy policy, List<Coming> coming, boolean preview) {
        List<String> notes = new ArrayList<>();
        if (policy.isAtOnce()) {
            boolean now = !coming.isEmpty() && !coming.get(0).begins().isAfter(schedule.now());
            notes.add((preview ? "It would be rotated " : "It is rotated ")
                    + (now ? "at once" : "as soon as its window opens") + ", as "
                    + (schedule.lastRotationAt() == null ? "creation" : "last rotation") + " + interval ("
                    + WireTime.text(policy.date()) + ") is past.");
        }
        if (coming.stream()
                .anyMatch(each -> each.begins().isAfter(each.date().plus(policy.interval()))
                        && !each.date().isBefore(schedule.now()))) {
            notes.add("Its window opens less often than its interval asks for.");
        }
        if (coming.size() < SHOWN) {
            notes.add("Its window does not open as often any more as would be needed for the next " + SHOWN
                    + " rotations.");
        }
        return notes;
    }

    private static String paused(String what, SecretSchedule.Pause pause) {
        String reason = pause.reason();
        return what + " is paused since " + WireTime.text(pause.since()) + " by " + pause.by()
                + (reason == null ? "" : " (" + reason + ")")
                + ": nothing begins by its policy, and RotateSecret rotates it.";
    }
}
