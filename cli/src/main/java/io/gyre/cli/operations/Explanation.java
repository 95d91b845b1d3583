package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rotation.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** How a secret stands with its rotation: what is seen, what it means, what to do, and what comes next. */
public final class Explanation {
    private static final String LARGEST_PAGE = "200";

    private Explanation() {}

    /**
     * Asks for all that there is to say.
     *
     * @param what a rotation's id, or a secret's name, of which the latest rotation is meant
     * @return {@code rotation}, {@code schedule} and {@code drift}, each as its own operation answers it, where there is one
     */
    public static JsonNode of(OperationsApi api, String what) {
        Optional<JsonNode> rotation = isId(what)
                ? Optional.of(api.get("rotations/" + what, new TreeMap<>()))
                : SecretRotations.latest(api, what);
        String secret = rotation.map(each -> each.path("secretName").asText()).orElse(what);
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        rotation.ifPresent(each -> all.set("rotation", each));
        all.set("schedule", api.get("schedule/secret", new TreeMap<>(Map.of("secretName", secret))));
        for (JsonNode drift : api.get("drift", new TreeMap<>(Map.of("secret", secret, "limit", LARGEST_PAGE)))
                .path("secrets")) {
            if (drift.path("secretName").asText().equals(secret)) {
                all.set("drift", drift);
            }
        }
        return all;
    }

    private static boolean isId(String what) {
        try {
            return UUID.fromString(what).toString().equalsIgnoreCase(what);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The same for people. */
    public static List<String> lines(JsonNode explained) {
        JsonNode rotation = explained.path("rotation");
        JsonNode schedule = explained.path("schedule");
        List<String> lines = new ArrayList<>();
        if (rotation.isMissingNode()) {
            lines.add(schedule.path("secretName").asText() + "   was never rotated");
        } else {
            lines.add(RotationLines.title(rotation));
            lines.addAll(how(rotation));
            String next = RotationLines.goesOn(rotation);
            if (!next.isEmpty()) {
                lines.add(LateCard.row("Next", "It goes on " + next + "."));
            }
            lines.add(LateCard.row(
                    "All", "./gyre rotation show " + rotation.path("rotationId").asText()));
        }
        schedule.path("notes").forEach(note -> lines.add(LateCard.row("Note", note.asText())));
        lines.add(LateCard.row("Then", coming(schedule)));
        if (explained.has("drift")) {
            lines.add("");
            lines.addAll(DriftLines.found(explained.path("drift")));
        }
        return lines;
    }

    private static List<String> how(JsonNode rotation) {
        List<String> card = LateCard.lines(rotation);
        if (!card.isEmpty()) {
            return card;
        }
        String state = rotation.path("state").asText();
        if (state.equals("Failed")) {
            return LateCard.threeLines(Finding.of(
                    rotation.path("finding").asText(rotation.path("note").asText())));
        }
        boolean running = state.equals("Running");
        return List.of(
                LateCard.row("Seen", rotation.path("note").asText()),
                LateCard.row("Means", running ? "It is on its way, and in time." : "It has ended well."),
                LateCard.row("Do", "Nothing."));
    }

    private static String coming(JsonNode schedule) {
        JsonNode next = schedule.path("coming").path(0);
        return next.isMissingNode()
                ? "No rotation is planned (automatic rotation: "
                        + schedule.path("rotationStatus").asText() + "); ./gyre rotate "
                        + schedule.path("secretName").asText() + " begins one."
                : "The next automatic rotation begins " + ScheduleLines.time(next.path("begins")) + ".";
    }
}
