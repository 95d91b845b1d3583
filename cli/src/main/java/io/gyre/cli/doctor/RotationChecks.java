package io.gyre.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What rotates, and what keeps it from doing so. */
final class RotationChecks {
    private static final int LARGEST_PAGE = 200;

    private final Installation installation;

    RotationChecks(Installation installation) {
        this.installation = installation;
    }

    List<Check> all() {
        return List.of(
                new Check("late", () -> rotations("late", "late", "./gyre explain SECRET tells of each why.")),
                new Check(
                        "waiting",
                        () -> rotations(
                                "waiting",
                                "waiting for a person",
                                "./gyre explain SECRET tells of each what is asked for.")),
                new Check("schedule", this::schedule),
                new Check("drift", this::drift),
                new Check(
                        "orphans",
                        () -> listed(
                                "orphans",
                                "orphans",
                                "credential that Gyre made and nobody is given",
                                "./gyre orphans lists them.")),
                new Check(
                        "dead letters",
                        () -> listed(
                                "dead letters",
                                "dead-letters",
                                "deadLetters",
                                "dead letter",
                                "./gyre dead-letters lists them.")),
                new Check("budgets", this::budgets));
    }

    private JsonNode page(String path, Map<String, String> query) {
        TreeMap<String, String> asked = new TreeMap<>(query);
        asked.put("limit", Integer.toString(LARGEST_PAGE));
        return installation.api().get(path, asked);
    }

    /** For example {@code 3}, or {@code 200 or more}. */
    private static String number(JsonNode entries) {
        return entries.size() < LARGEST_PAGE ? Integer.toString(entries.size()) : LARGEST_PAGE + " or more";
    }

    private Finding rotations(String state, String words, String remedy) {
        JsonNode found = page("rotations", Map.of("state", state)).path("rotations");
        if (found.isEmpty()) {
            return Finding.ok(state, "No rotation is " + words + ".");
        }
        List<String> names = new ArrayList<>();
        found.forEach(each -> names.add(each.path("secretName").asText()));
        return Finding.warn(
                state, "Rotations that are " + words + ": " + number(found) + " (" + some(names) + ").", remedy);
    }

    private static String some(List<String> names) {
        int shown = 3;
        return String.join(", ", names.subList(0, Math.min(shown, names.size()))) + (names.size() > shown ? ", …" : "");
    }

    private Finding schedule() {
        JsonNode schedule = installation.api().get("schedule", new TreeMap<>());
        JsonNode pause = schedule.path("pause");
        if (!pause.isMissingNode()) {
            return Finding.warn(
                    "schedule",
                    "Every secret is paused since " + pause.path("since").asText() + " by "
                            + pause.path("by").asText() + ": nothing begins by a policy.",
                    "./gyre schedule resume --all lets it.");
        }
        List<String> paused = new ArrayList<>();
        schedule.path("pausedSecrets")
                .forEach(each -> paused.add(each.path("secretName").asText()));
        return paused.isEmpty()
                ? Finding.ok("schedule", "Rotations begin by policies; nothing is paused.")
                : Finding.warn(
                        "schedule",
                        "Paused secrets: " + paused.size() + " (" + some(paused) + ").",
                        "./gyre schedule resume SECRET lets one be rotated by its policy again.");
    }

    private Finding drift() {
        List<String> refused = new ArrayList<>();
        List<String> others = new ArrayList<>();
        page("drift", Map.of())
                .path("secrets")
                .forEach(each -> (each.path("state").asText().equals("Drifted") ? refused : others)
                        .add(each.path("secretName").asText()));
        if (!refused.isEmpty()) {
            return Finding.fail(
                    "drift",
                    "Their targets refuse the current credentials of " + some(refused) + ".",
                    "./gyre drift tells of each what to do.");
        }
        return others.isEmpty()
                ? Finding.ok("drift", "No look has found a credential that its target refuses.")
                : Finding.warn(
                        "drift", "To be looked at: " + some(others) + ".", "./gyre drift tells of each what to do.");
    }

    private Finding listed(String check, String path, String noun, String remedy) {
        return listed(check, path, path, noun, remedy);
    }

    private Finding listed(String check, String path, String field, String noun, String remedy) {
        JsonNode found = page(path, Map.of()).path(field);
        return found.isEmpty()
                ? Finding.ok(check, "There is no " + noun + ".")
                : Finding.warn(
                        check, "There is " + number(found) + " " + noun + (found.size() == 1 ? "." : "(s)."), remedy);
    }

    private Finding budgets() {
        List<String> slowed = new ArrayList<>();
        installation.api().get("budgets", new TreeMap<>()).path("budgets").forEach(each -> {
            if (each.has("throttledUntil")) {
                slowed.add(each.path("product").asText() + " of account "
                        + each.path("account").asText());
            }
        });
        return slowed.isEmpty()
                ? Finding.ok("budgets", "No cloud throttles the workers.")
                : Finding.warn(
                        "budgets",
                        "Throttled by the cloud: " + some(slowed) + ".",
                        "./gyre budgets tells until when; set a lower rate if it comes back: docs/budgets.md.");
    }
}
