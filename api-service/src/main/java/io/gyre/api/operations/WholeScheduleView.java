package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.schedule.ScheduleStore;
import io.gyre.api.schedule.SecretSchedule;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is due of all secrets, what is held, and what is paused. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Schedule")
record WholeScheduleView(
        @Schema(description = "Of every secret; none where rotations begin.") @Nullable
        PauseView pause,

        @Schema(description = "How many secrets are due now, and not begun yet.")
        long due,

        @Schema(description = "How many are due and kept from beginning, by their key or by another rotation.")
        long held,

        @Schema(description = "Until when what came due was begun, to ten seconds of the wall clock.")
        Instant lookedAt,

        @Schema(description = "Secrets that are paused by themselves.")
        List<PausedSecret> pausedSecrets,

        @Schema(description = "What the calendar showed as this was read.")
        Instant asOf) {

    /** More of them would make an answer unreadable. */
    static final int MOST_PAUSED = 200;

    /** Since when, by whom, and why. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RotationPause")
    record PauseView(
            @Schema(description = "On the calendar.") Instant since,

            @Schema(description = "The AccessKey that ordered it.")
            String by,

            @Nullable String reason) {
        static @Nullable PauseView of(SecretSchedule.@Nullable Pause pause) {
            return pause == null ? null : new PauseView(pause.since(), pause.by(), pause.reason());
        }
    }

    /** A secret that is paused by itself. */
    @Schema(name = "PausedSecret")
    record PausedSecret(String secretName, @Nullable PauseView pause) {}

    static WholeScheduleView of(ScheduleStore.Whole whole, List<ScheduleStore.Paused> paused) {
        return new WholeScheduleView(
                PauseView.of(whole.pause()),
                whole.due(),
                whole.held(),
                whole.lookedAt(),
                paused.stream()
                        .map(each -> new PausedSecret(each.name(), PauseView.of(each.pause())))
                        .toList(),
                whole.now());
    }
}
