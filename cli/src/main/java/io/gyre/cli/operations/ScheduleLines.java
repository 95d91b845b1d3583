package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Schedules as people read them. */
public final class ScheduleLines {
    private ScheduleLines() {}

    /** Of all secrets. */
    public static List<String> whole(JsonNode schedule) {
        List<String> lines = new ArrayList<>();
        JsonNode pause = schedule.path("pause");
        lines.add(
                pause.isMissingNode()
                        ? "Rotations begin by policies; what came due until " + time(schedule.path("lookedAt"))
                                + " was begun."
                        : "All secrets are paused" + paused(pause)
                                + ": nothing begins by a policy. ./gyre schedule resume --all lets it.");
        lines.add("  due now  " + schedule.path("due").asLong());
        lines.add("  held     " + schedule.path("held").asLong()
                + ", by their key, by their last rotation, or by one of another secret");
        JsonNode secrets = schedule.path("pausedSecrets");
        secrets.forEach(
                each -> lines.add("  paused   " + each.path("secretName").asText() + paused(each.path("pause"))));
        return lines;
    }

    /** Of one secret, as it is or as it would be. */
    public static List<String> one(JsonNode schedule) {
        List<String> lines = new ArrayList<>();
        lines.add(schedule.path("secretName").asText() + "   automatic rotation "
                + schedule.path("rotationStatus").asText()
                + (schedule.has("intervalSeconds")
                        ? ", every " + span(schedule.path("intervalSeconds").asLong())
                        : ""));
        schedule.path("notes").forEach(note -> lines.add("  " + note.asText()));
        add(lines, "last", schedule.has("lastRotationAt") ? time(schedule.path("lastRotationAt")) : "never");
        JsonNode window = schedule.path("window");
        add(
                lines,
                "window",
                window.isMissingNode()
                        ? "none: at any time"
                        : window.path("cron").asText() + " in "
                                + window.path("zone").asText() + ", for "
                                + span(window.path("seconds").asLong()));
        if (schedule.has("group")) {
            add(lines, "group", schedule.path("group").asText() + ", of which one at a time is rotated");
        }
        add(lines, "paused", schedule.has("pause") ? "yes" + paused(schedule.path("pause")) : "no");
        schedule.path("coming")
                .forEach(each -> add(
                        lines,
                        "next",
                        "begins " + time(each.path("begins")) + "   (date " + time(each.path("date")) + ")"));
        return lines;
    }

    private static void add(List<String> lines, String what, String value) {
        lines.add(String.format("  %-7s %s", what, value));
    }

    private static String paused(JsonNode pause) {
        String reason = pause.path("reason").asText();
        return " since " + time(pause.path("since")) + " by " + pause.path("by").asText()
                + (reason.isEmpty() ? "" : ", " + reason);
    }

    /** To the second. */
    static String time(JsonNode time) {
        return time.asText().replaceFirst("\\.[0-9]+Z$", "Z");
    }

    /** In the largest unit that gives a whole number, as the KMS API takes it. */
    private static String span(long seconds) {
        Duration span = Duration.ofSeconds(seconds);
        if (seconds % Duration.ofDays(1).toSeconds() == 0) {
            return span.toDays() + "d";
        }
        if (seconds % Duration.ofHours(1).toSeconds() == 0) {
            return span.toHours() + "h";
        }
        return seconds % Duration.ofMinutes(1).toSeconds() == 0 ? span.toMinutes() + "m" : seconds + "s";
    }
}
