package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gyre secrets}. */
@Command(
        name = "secrets",
        description =
                "List the secrets of KMS instances, or those that were created without one (KMS 1.0). Values are not shown.")
final class SecretsCommand implements Callable<Integer> {
    private static final String ROW = "%-36s  %-14s  %-11s  %-8s  %-15s  %s";

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Option(names = "--kms-1.0", description = "Those that were created without a KMS instance.")
    private boolean elder;

    @Option(names = "--secret", paramLabel = "PREFIX", description = "Those whose names begin so.")
    private String secret = "";

    @Option(names = "--limit", paramLabel = "N", description = "How many, 1 to 200 (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Override
    public Integer call() {
        operations.show(
                operations
                        .api()
                        .get(
                                "secrets",
                                new TreeMap<>(Map.of(
                                        "view",
                                        elder ? "kms-1.0" : "instances",
                                        "secret",
                                        secret,
                                        "limit",
                                        Integer.toString(limit)))),
                SecretsCommand::lines);
        return ExitStatus.DONE;
    }

    private static List<String> lines(JsonNode page) {
        List<String> lines = new ArrayList<>();
        JsonNode secrets = page.path("secrets");
        if (secrets.isEmpty()) {
            lines.add("No secret is in this view.");
        } else {
            lines.add(String.format(ROW, "secret", "type", "status", "rotation", "drift", "instance")
                    .stripTrailing());
            secrets.forEach(secret -> lines.add(String.format(
                            ROW,
                            secret.path("name").asText(),
                            secret.path("secretType").asText(),
                            secret.path("status").asText(),
                            secret.path("rotationStatus").asText(),
                            secret.path("drift").asText(),
                            secret.path("instanceId").asText())
                    .stripTrailing()));
        }
        if (page.has("nextToken")) {
            lines.add("There are more: --limit shows up to 200, --secret narrows the list.");
        }
        JsonNode elsewhere = page.path("elsewhere");
        lines.add(
                elsewhere.path("view").asText().equals("kms-1.0")
                        ? "Created without a KMS instance: "
                                + elsewhere.path("count").asLong() + " more, which ./gyre secrets --kms-1.0 lists."
                        : "Managed in KMS instances: " + elsewhere.path("count").asLong()
                                + " more, which ./gyre secrets lists.");
        return lines;
    }
}
