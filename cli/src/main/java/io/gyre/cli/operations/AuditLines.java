package io.gyre.cli.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.audit.AuditCheck;
import io.gyre.audit.AuditKey;
import java.util.ArrayList;
import java.util.List;

/** The audit log as people read it on a terminal. */
public final class AuditLines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROW = "%-20s  %-8s  %-26s  %-28s  %s";

    private AuditLines() {}

    /** A page, a line each. */
    public static List<String> table(JsonNode page) {
        List<String> lines = new ArrayList<>(List.of(String.format(ROW, "time", "stage", "who", "what", "on")));
        page.path("lines").forEach(line -> lines.add(row(event(line))));
        return lines;
    }

    /** The keys that sign. */
    public static List<String> keys(JsonNode list) {
        List<String> lines = new ArrayList<>();
        list.path("keys").forEach(key -> {
            AuditKey read = AuditKey.of(key.path("publicKey").asText());
            lines.add(read.id() + "  " + read.hex());
        });
        return lines;
    }

    /**
     * What a check came to, for programs.
     *
     * @param outside whether heads outside the database were compared
     */
    public static JsonNode json(AuditCheck.Result result, boolean outside) {
        ObjectNode found = JSON.createObjectNode()
                .put("whole", result.whole())
                .put("lines", result.lines())
                .put("chains", result.chains())
                .put("heads", result.heads())
                .put("unsigned", result.unsigned())
                .put("outside", outside);
        ArrayNode findings = found.putArray("findings");
        result.findings().forEach(findings::add);
        return found;
    }

    /**
     * The same in full sentences.
     *
     * @param outside whether heads outside the database were compared
     */
    public static List<String> result(AuditCheck.Result result, boolean outside) {
        List<String> lines = new ArrayList<>(result.findings());
        lines.add((result.whole() ? "Whole: " : "Spoilt: ") + counted(result.lines(), "line") + " in "
                + counted(result.chains(), "chain") + " under " + counted(result.heads(), "signed head")
                + "; behind the last head of their chain: " + counted(result.unsigned(), "line") + ".");
        if (!outside) {
            lines.add("Heads outside the database were not asked for: whoever may write there could have taken the"
                    + " latest lines with their heads. Name Kafka with --kafka, or a copy with --heads.");
        }
        return lines;
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static JsonNode event(JsonNode line) {
        try {
            return JSON.readTree(line.path("event").asText());
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static String row(JsonNode event) {
        JsonNode who = event.path("userIdentity");
        JsonNode more = event.path("additionalEventData");
        boolean step = event.path("eventName").asText().equals("RotationStep");
        return String.format(
                        ROW,
                        event.path("eventTime").asText(),
                        step ? "Step" : more.path("stage").asText(),
                        step
                                ? more.path("worker").asText("api-service")
                                : who.path("userName").asText(who.path("type").asText()),
                        event.path("eventName").asText(),
                        step
                                ? event.path("resourceName").asText() + ": "
                                        + more.path("note").asText()
                                : target(event))
                .stripTrailing();
    }

    private static String target(JsonNode event) {
        List<String> parts = new ArrayList<>();
        event.path("requestParameters")
                .properties()
                .forEach(parameter -> parts.add(
                        parameter.getKey() + "=" + parameter.getValue().asText()));
        if (event.has("errorCode")) {
            parts.add("refused: " + event.path("errorCode").asText());
        }
        return String.join(" ", parts);
    }
}
