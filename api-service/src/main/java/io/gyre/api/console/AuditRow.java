package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A line of the audit log as its page shows it: an event in ActionTrail's shape. */
record AuditRow(JsonNode event) {
    private boolean step() {
        return event.path("eventName").asText().equals("RotationStep");
    }

    private JsonNode more() {
        return event.path("additionalEventData");
    }

    public String time() {
        return event.path("eventTime").asText();
    }

    public String what() {
        return event.path("eventName").asText();
    }

    public String who() {
        JsonNode identity = event.path("userIdentity");
        return step()
                ? more().path("worker").asText("api-service")
                : identity.path("userName").asText(identity.path("type").asText());
    }

    /** What was told of it: begun, ended, denied; of a rotation's step, that it is one. */
    public String stage() {
        return step() ? "Step" : more().path("stage").asText();
    }

    /** A shape with a colour, as the style sheet names them. */
    public String shape() {
        return switch (stage()) {
            case "Denied", "Refused" -> "failed";
            case "Begun" -> "moves";
            case "Ended" -> event.has("errorCode") ? "late" : "works";
            default -> "open";
        };
    }

    /** What it was about, and why it was refused. */
    public String on() {
        if (step()) {
            return event.path("resourceName").asText() + ": "
                    + more().path("note").asText();
        }
        List<String> parts = new ArrayList<>();
        event.path("requestParameters")
                .properties()
                .forEach(each -> parts.add(each.getKey() + "=" + each.getValue().asText()));
        if (event.has("errorCode")) {
            parts.add("refused: " + event.path("errorCode").asText());
        }
        return String.join(" ", parts);
    }
}
