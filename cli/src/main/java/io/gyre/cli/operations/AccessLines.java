package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Whether somebody may do something, as people read it on a terminal. */
public final class AccessLines {
    private AccessLines() {}

    public static List<String> verdict(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        String who = answer.path("principal").asText();
        String what = answer.path("action").asText();
        lines.add(
                answer.path("allowed").asBoolean()
                        ? "Allowed: " + who + " may call " + what + "."
                        : "Not allowed: " + who + " may not call " + what + ".");
        add(lines, "  ", answer.path("obstacle").asText());
        answer.path("needs").forEach(need -> {
            lines.add("");
            lines.add("  " + need.path("permission").asText() + " on "
                    + need.path("resource").asText());
            add(lines, "    ", need.path("reason").asText());
            add(lines, "    ", need.path("remedy").asText());
        });
        answer.path("beside")
                .forEach(each -> add(lines, "  It also needs, to be asked by itself: ", each.asText() + "."));
        return lines;
    }

    private static void add(List<String> lines, String before, String text) {
        if (!text.isEmpty()) {
            lines.add(before + text);
        }
    }
}
