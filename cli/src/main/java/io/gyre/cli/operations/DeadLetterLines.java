package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Dead letters as people read them: whatever bytes they are made of, on lines of text. */
public final class DeadLetterLines {
    private DeadLetterLines() {}

    public static List<String> table(JsonNode page) {
        List<String> lines = new ArrayList<>();
        for (JsonNode letter : page.path("deadLetters")) {
            lines.add(letter.path("id").asText() + "  " + letter.path("at").asText() + "  from "
                    + letter.path("topic").asText("an unknown topic") + "  " + value(letter));
            lines.add("    " + text(letter.path("reason").asText("No reason was told.")));
        }
        return lines.isEmpty() ? List.of("There are no dead letters.") : lines;
    }

    public static List<String> one(JsonNode letter) {
        List<String> lines = new ArrayList<>();
        lines.add("Dead letter " + letter.path("id").asText() + ", laid aside at "
                + letter.path("at").asText());
        lines.add("  from    " + letter.path("topic").asText("an unknown topic") + " at offset "
                + letter.path("offset").asText("unknown"));
        lines.add("  reason  " + text(letter.path("reason").asText("none was told")));
        lines.add("  key     " + text(letter.path("key").asText("none")));
        lines.add("  value   " + letter.path("size").asInt() + " bytes"
                + (letter.path("cut").asBoolean() ? ", of which the first:" : ":"));
        lines.add(value(letter));
        return lines;
    }

    public static List<String> replayed(JsonNode sent) {
        return List.of("Sent to " + sent.path("topic").asText() + " for rotation "
                + sent.path("value").path("rotationId").asText() + ".");
    }

    private static String value(JsonNode letter) {
        return letter.hasNonNull("text")
                ? text(letter.path("text").asText())
                : "Base64 " + letter.path("base64").asText();
    }

    /** A terminal takes no orders from a record. */
    private static String text(String given) {
        return given.replaceAll("\\p{Cntrl}", "?");
    }
}
