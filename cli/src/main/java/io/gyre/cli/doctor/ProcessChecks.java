package io.gyre.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.Home;
import io.gyre.platform.ProcessStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The processes, and the root keys that they were given. */
final class ProcessChecks {
    private static final String WORKER = "rotation-worker";

    private final Installation installation;

    ProcessChecks(Installation installation) {
        this.installation = installation;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        Home home = installation.home();
        if (home != null) {
            checks.add(new Check("processes", () -> local(home)));
        }
        checks.add(new Check("workers", this::workers));
        checks.add(new Check("root key", this::rootKey));
        return checks;
    }

    private static Finding local(Home home) {
        List<String> ill = ProcessStatus.of(home).stream()
                .filter(each -> each.condition() != ProcessStatus.Condition.READY)
                .map(each -> each.name() + " (" + each.condition().word() + ")")
                .toList();
        return ill.isEmpty()
                ? Finding.ok("processes", "Every process of this platform runs and is healthy.")
                : Finding.fail(
                        "processes",
                        "Not every process does its work: " + String.join(", ", ill) + ".",
                        "See what it wrote with ./gyre logs PROCESS, then ./gyre down and ./gyre up.");
    }

    private JsonNode rootKeys() {
        return installation.api().get("root-keys", new TreeMap<>());
    }

    private Finding workers() {
        int workers = 0;
        for (JsonNode process : rootKeys().path("processes")) {
            workers += process.path("kind").asText().equals(WORKER) ? 1 : 0;
        }
        return switch (workers) {
            case 0 ->
                Finding.fail(
                        "workers",
                        "No rotation worker runs: nothing is rotated.",
                        "Start rotation-worker; two or more.");
            case 1 ->
                Finding.warn(
                        "workers",
                        "One rotation worker runs: where it ends, rotations wait.",
                        "Start a second one, on another machine if there is one.");
            default -> Finding.ok("workers", workers + " rotation workers run.");
        };
    }

    private Finding rootKey() {
        JsonNode keys = rootKeys();
        String current = keys.path("currentId").asText();
        List<String> without = new ArrayList<>();
        for (JsonNode process : keys.path("processes")) {
            boolean knows = false;
            for (JsonNode known : process.path("knows")) {
                knows |= known.asText().equals(current);
            }
            if (!knows) {
                without.add(process.path("kind").asText() + " "
                        + process.path("name").asText());
            }
        }
        if (!without.isEmpty()) {
            return Finding.fail(
                    "root key",
                    "Not given the current root key: " + String.join(", ", without) + ".",
                    "Give it to them, and start them again: docs/root-keys.md.");
        }
        return keys.path("settled").asBoolean()
                ? Finding.ok("root key", "Every process has the current root key, and everything is sealed under it.")
                : Finding.warn(
                        "root key",
                        "What is stored is still being sealed under the current root key.",
                        "Keep the former one until ./gyre root-key status says that it may be taken away.");
    }
}
