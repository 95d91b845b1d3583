package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gyre budgets}. */
@Command(
        name = "budgets",
        description =
                "List how often the workers may call each product of each cloud account, and where a cloud throttles them.")
final class BudgetsCommand implements Callable<Integer> {
    private static final String ROW = "%-24s  %-7s  %9s  %9s  %9s  %9s  %s";

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Override
    public Integer call() {
        operations.show(operations.api().get("budgets", new TreeMap<>()), BudgetsCommand::lines);
        return ExitStatus.DONE;
    }

    private static List<String> lines(JsonNode answer) {
        JsonNode budgets = answer.path("budgets");
        if (budgets.isEmpty()) {
            return List.of("No worker has called a cloud yet.");
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(ROW, "account", "product", "rate", "burst", "now", "left", "throttled until"));
        budgets.forEach(budget -> lines.add(String.format(
                        ROW,
                        budget.path("account").asText(),
                        budget.path("product").asText(),
                        number(budget, "rate") + "/s",
                        number(budget, "burst"),
                        number(budget, "effectiveRate") + "/s",
                        number(budget, "callsLeft"),
                        until(budget))
                .stripTrailing()));
        return lines;
    }

    private static String number(JsonNode budget, String field) {
        return String.format(Locale.ROOT, "%.1f", budget.path(field).asDouble());
    }

    private static String until(JsonNode budget) {
        return budget.has("throttledUntil")
                ? Instant.parse(budget.path("throttledUntil").asText())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                : "";
    }
}
