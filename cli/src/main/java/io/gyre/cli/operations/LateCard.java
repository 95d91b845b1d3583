package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.terminal.Words;
import io.gyre.rotation.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a rotation, in three lines: what is seen, what it means, what to do. */
final class LateCard {
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
        lines.addAll(threeLines(Finding.ofRotation(
                waits,
                rotation.path("finding").asText(),
                lateness.path("finding").asText())));
        return lines;
    }

    /** One line of it. */
    static String row(String name, String sentence) {
        return String.format("%-6s  %s", name, sentence);
    }

    /** Without a line for what was not told. */
    static List<String> threeLines(Finding finding) {
        List<String> lines = new ArrayList<>();
        add(lines, "Seen", finding.seen());
        add(lines, "Means", finding.means());
        add(lines, "Do", finding.remedy());
        return lines;
    }

    private static void add(List<String> lines, String name, String sentence) {
        if (!sentence.isEmpty()) {
            lines.add(row(name, sentence));
        }
    }
}
