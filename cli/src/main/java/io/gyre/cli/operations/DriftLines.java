package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.terminal.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What looks for drift found, as people read it on a terminal. */
public final class DriftLines {
    private DriftLines() {}

    /** A page of the list: a card for each secret. */
    public static List<String> list(JsonNode page) {
        JsonNode secrets = page.path("secrets");
        if (secrets.isEmpty()) {
            return List.of("No look has found a credential that its target refuses.");
        }
        List<String> lines = new ArrayList<>();
        secrets.forEach(secret -> {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(card(secret));
        });
        if (page.has("nextToken")) {
            lines.add("");
            lines.add("There are more: --limit shows up to 200, --secret narrows the list.");
        }
        return lines;
    }

    /** What a look that was asked for found. */
    public static List<String> found(JsonNode secret) {
        List<String> lines = new ArrayList<>(card(secret));
        row(lines, "Also", secret.path("observation").asText());
        return lines;
    }

    /** The first line says how it stands, the others what is seen, what it means and what to do. */
    private static List<String> card(JsonNode secret) {
        List<String> lines = new ArrayList<>();
        String since = secret.path("since").asText();
        lines.add(secret.path("secretName").asText() + "   " + words(secret)
                + (since.isEmpty() ? "" : ", since " + Words.moment(Instant.parse(since))));
        row(lines, "Seen", secret.path("seen").asText());
        row(lines, "Means", secret.path("means").asText());
        row(lines, "Do", secret.path("do").asText());
        if (!secret.path("state").asText().equals("Unchecked")) {
            row(lines, "Now", could(secret));
        }
        String rotation = secret.path("rotationId").asText();
        row(lines, "Now", rotation.isEmpty() ? "" : "Rotation " + rotation + " is on its way.");
        return lines;
    }

    private static String could(JsonNode secret) {
        String problem = secret.path("problem").asText();
        return problem.isEmpty() ? "" : "The last look proved nothing: " + problem;
    }

    private static String words(JsonNode secret) {
        return switch (secret.path("state").asText()) {
            case "Good" -> "the target lets its credentials in";
            case "Drifted" -> "drifted: the target refuses the current credential";
            case "PreviousDrifted" -> "the target refuses the previous credential, and lets the current one in";
            case "Unchecked" -> "could not be checked, several times in a row";
            default -> "could not be checked yet";
        };
    }

    private static void row(List<String> lines, String name, String sentence) {
        if (!sentence.isEmpty()) {
            lines.add(String.format("  %-6s  %s", name, sentence));
        }
    }
}
