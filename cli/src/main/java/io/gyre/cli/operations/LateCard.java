package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a rotation, in three lines: what is seen, what it means, what to do. */
final class LateCard {
    private static final String ROW = "%-6s  %s";

    private LateCard() {}

    /** No lines where it is neither late nor waits for a person. */
    static List<String> lines(JsonNode rotation) {
        JsonNode lateness = rotation.path("lateness");
        boolean waits = rotation.path("state").asText().equals("Waiting");
        boolean late = !lateness.isMissingNode() && rotation.path("endedAt").isMissingNode();
        if (!late && !waits) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        if (late) {
            Instant since = Instant.parse(lateness.path("since").asText());
            Instant now = Instant.parse(rotation.path("asOf").path("calendar").asText());
            lines.add("Late for " + Words.span(Duration.between(since, now)) + " (since " + Words.moment(since) + ")");
        } else {
            lines.add("Waiting for a person");
        }
        lines.addAll(threeLines(text(rotation, lateness, waits)));
        return lines;
    }

    /** Where it waits, what is asked of a person says more than the last look did. */
    private static String text(JsonNode rotation, JsonNode lateness, boolean waits) {
        String asked = rotation.path("finding").asText();
        String found = lateness.path("finding").asText();
        return (waits && !asked.isEmpty()) || found.isEmpty() ? asked : found;
    }

    /** The first sentence tells what is seen, the last one what to do, and what stands between what it means. */
    private static List<String> threeLines(String finding) {
        if (finding.isEmpty()) {
            return List.of(String.format(ROW, "Seen", "No worker has looked at the target yet."));
        }
        List<String> sentences = List.of(finding.split("(?<=[.!?])\\s+(?=\\p{Lu})", -1));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(ROW, "Seen", sentences.get(0)));
        if (sentences.size() > 2) {
            lines.add(String.format(ROW, "Means", String.join(" ", sentences.subList(1, sentences.size() - 1))));
        }
        if (sentences.size() > 1) {
            lines.add(String.format(ROW, "Do", sentences.get(sentences.size() - 1)));
        }
        return lines;
    }
}
