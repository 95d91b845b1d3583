package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rotations as people read them on a terminal: many as a table, one with all that is known of it. */
public final class RotationLines {
    private static final String ROW = "%-36s  %-28s %-4s  %-13s  %s";
    private static final String ORPHAN_ROW = "%-8s  %-32s  %-28s  %-36s";

    private RotationLines() {}

    /** A page of the list. */
    public static List<String> table(JsonNode page) {
        List<String> lines = new ArrayList<>();
        JsonNode rotations = page.path("rotations");
        if (rotations.isEmpty()) {
            return List.of("No rotation is like that. RotateSecret, or a rotation policy, begins one.");
        }
        lines.add(String.format(ROW, "rotation", "secret", "type", "state", "latest"));
        rotations.forEach(rotation -> lines.add(String.format(
                ROW,
                rotation.path("rotationId").asText(),
                rotation.path("secretName").asText(),
                type(rotation),
                state(rotation),
                rotation.path("note").asText())));
        if (page.has("nextToken")) {
            lines.add("There are more: --limit shows up to 200, --state, --type and --secret narrow the list.");
        }
        return lines;
    }

    /** One rotation with its lanes, what is wrong, its credentials and its timeline. */
    public static List<String> detail(JsonNode rotation) {
        List<String> lines = new ArrayList<>();
        lines.add(title(rotation));
        lines.addAll(Lanes.of(rotation));
        lines.addAll(LateCard.lines(rotation));
        lines.add("");
        lines.addAll(fields(rotation));
        lines.add("");
        rotation.path("timeline").forEach(entry -> lines.add(entry(entry)));
        return lines;
    }

    /** Which secret, what kind of rotation, and how it stands. */
    static String title(JsonNode rotation) {
        return rotation.path("secretName").asText() + "   " + type(rotation) + " "
                + rotation.path("secretSubType").asText() + " · "
                + rotation.path("trigger").asText() + " · " + state(rotation);
    }

    /** What is left at targets. */
    public static List<String> orphans(JsonNode page) {
        JsonNode orphans = page.path("orphans");
        if (orphans.isEmpty()) {
            return List.of("Nothing that Gyre made is left at a target.");
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(ORPHAN_ROW, "orphan", "credential", "secret", "rotation"));
        orphans.forEach(orphan -> lines.add(String.format(
                ORPHAN_ROW,
                orphan.path("orphanId").asText(),
                orphan.path("credentialName").asText(),
                orphan.path("secretName").asText(),
                orphan.path("rotationId").asText())));
        if (page.has("nextToken")) {
            lines.add("There are more: remove these first.");
        }
        return lines;
    }

    /** What a worker saw that looked and changed nothing. */
    public static List<String> dryRun(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("report").forEach(sentence -> lines.add("  " + sentence.asText()));
        lines.add(
                answer.path("passed").asBoolean()
                        ? "A rotation of " + answer.path("secretName").asText() + " would begin. Nothing was changed."
                        : "A rotation would not begin: "
                                + answer.path("finding").asText());
        return lines;
    }

    private static List<String> fields(JsonNode rotation) {
        List<String> lines = new ArrayList<>();
        field(lines, "rotation", rotation.path("rotationId").asText());
        field(lines, "phase", rotation.path("phase").asText());
        field(lines, "becomes current", credential(rotation.path("credentials").path("candidate")));
        field(lines, "was current", credential(rotation.path("credentials").path("former")));
        field(lines, "was previous", credential(rotation.path("credentials").path("idle")));
        field(lines, "goes on", goesOn(rotation));
        field(lines, "at it now", rotation.path("lease").path("worker").asText());
        JsonNode order = rotation.path("pendingOrder");
        field(
                lines,
                "ordered",
                order.isMissingNode()
                        ? ""
                        : order.path("verb").asText() + " by "
                                + order.path("by").asText() + "; no worker has taken it yet");
        rotation.path("orphans").forEach(orphan -> {
            if (!orphan.has("removedAt")) {
                field(
                        lines,
                        "left behind",
                        orphan.path("credentialName").asText() + " (./gyre orphans remove "
                                + orphan.path("orphanId").asText() + ")");
            }
        });
        field(lines, "trace", rotation.path("traceId").asText());
        return lines;
    }

    private static void field(List<String> lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.add(String.format("  %-15s %s", name, value));
        }
    }

    private static String credential(JsonNode version) {
        if (version.isMissingNode()) {
            return "";
        }
        return version.path("name").asText("(no name yet, or any more)") + "  version "
                + version.path("versionId").asText();
    }

    /** For example {@code in 31 h 12 min, at 2026-03-02 14:05:09 of the calendar}; empty where it does not by itself. */
    static String goesOn(JsonNode rotation) {
        JsonNode wake = rotation.path("nextWake");
        if (wake.isMissingNode()) {
            return "";
        }
        Instant at = Instant.parse(wake.path("at").asText());
        boolean calendar = wake.path("clock").asText().equals("calendar");
        Instant now = Instant.parse(
                rotation.path("asOf").path(calendar ? "calendar" : "wall").asText());
        Duration until = Duration.between(now, at);
        String when = until.isNegative() ? "now" : "in " + Words.span(until);
        return when + ", at " + Words.moment(at) + (calendar ? " of the calendar" : "");
    }

    private static String entry(JsonNode entry) {
        return "  " + Words.moment(Instant.parse(entry.path("at").asText())) + "  "
                + entry.path("note").asText();
    }

    private static String state(JsonNode rotation) {
        boolean late = rotation.has("lateness") && !rotation.has("endedAt");
        return rotation.path("state").asText() + (late ? ", late" : "");
    }

    private static String type(JsonNode rotation) {
        return rotation.path("rotationType").asText().toUpperCase(Locale.ROOT);
    }
}
