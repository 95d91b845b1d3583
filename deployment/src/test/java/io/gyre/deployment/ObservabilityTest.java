package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.metrics.Label;
import io.gyre.metrics.Meter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules, the dashboard and the runbooks speak of metrics and of headings that there are. */
class ObservabilityTest {
    private static final Path RULES = Project.ROOT.resolve("deployment/observability/alerts.yaml");
    private static final String DASHBOARD = "deployment/observability/dashboard.json";
    private static final Set<String> SEVERITIES = Set.of("critical", "warning");

    /** What Prometheus adds to whatever it scrapes, and what it makes of histograms. */
    private static final Set<String> PROMETHEUS_LABELS = Set.of("job", "instance", "le");

    private static final Map<String, Set<String>> SERIES = series();

    /** Each series by its name, with its labels. */
    private static Map<String, Set<String>> series() {
        Map<String, Set<String>> series = new TreeMap<>(Map.of("up", Set.of()));
        for (Meter meter : Meter.values()) {
            Set<String> labels = new HashSet<>();
            meter.labels().stream().map(Label::label).forEach(labels::add);
            if (meter.kind().type().equals("histogram")) {
                for (String part : List.of("_bucket", "_count", "_sum", "_max")) {
                    series.put(meter.family() + part, labels);
                }
            } else {
                series.put(meter.family(), labels);
            }
        }
        return series;
    }

    private static List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        for (JsonNode group : Project.yaml(RULES).get(0).path("groups")) {
            group.path("rules").forEach(alerts::add);
        }
        return alerts;
    }

    private static List<String> wrong(String where, String expression) {
        List<String> wrong = new ArrayList<>();
        PromQl asked = PromQl.of(expression);
        Set<String> known = new TreeSet<>(PROMETHEUS_LABELS);
        asked.metrics().forEach((metric, labels) -> {
            Set<String> has = SERIES.get(metric);
            if (has == null) {
                wrong.add(where + " asks for " + metric + ", which nobody measures");
                return;
            }
            known.addAll(has);
            labels.stream()
                    .filter(label -> !has.contains(label) && !PROMETHEUS_LABELS.contains(label))
                    .forEach(label -> wrong.add(where + ": " + metric + " has no label " + label));
        });
        asked.grouping().stream()
                .filter(label -> !known.contains(label))
                .forEach(label -> wrong.add(where + " counts together by " + label + ", which nothing has"));
        if (asked.metrics().isEmpty()) {
            wrong.add(where + " asks for nothing");
        }
        return wrong;
    }

    @Test
    void everyRuleAsksForWhatIsMeasured() {
        List<String> wrong = new ArrayList<>();
        alerts().forEach(alert -> wrong.addAll(
                wrong(alert.path("alert").asText(), alert.path("expr").asText())));
        assertEquals(List.of(), wrong);
        assertTrue(alerts().size() >= 10, "few alerts: " + alerts().size());
    }

    @Test
    void everyPanelAsksForWhatIsMeasured() throws IOException {
        JsonNode dashboard = Project.JSON.readTree(Project.read(DASHBOARD));
        List<String> wrong = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asText();
            assertTrue(ids.add(panel.path("id").asInt()), title + " has the id of another panel");
            assertFalse(panel.path("targets").isEmpty(), title + " draws nothing");
            panel.path("targets")
                    .forEach(target ->
                            wrong.addAll(wrong(title, target.path("expr").asText())));
        }
        assertEquals(List.of(), wrong);
        assertFalse(ids.isEmpty());
    }

    @Test
    void everyMeterIsDrawnOrAlertedOn() throws IOException {
        Set<String> asked = new HashSet<>();
        alerts().forEach(alert ->
                asked.addAll(PromQl.of(alert.path("expr").asText()).metrics().keySet()));
        for (JsonNode panel : Project.JSON.readTree(Project.read(DASHBOARD)).path("panels")) {
            panel.path("targets")
                    .forEach(target -> asked.addAll(
                            PromQl.of(target.path("expr").asText()).metrics().keySet()));
        }
        for (Meter meter : Meter.values()) {
            assertTrue(asked.stream().anyMatch(name -> name.startsWith(meter.family())), meter.family());
        }
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhereItsRunbookIs() {
        Set<String> headings = new TreeSet<>();
        Project.matches(Pattern.compile("(?m)^## (.+)$"), Project.read("docs/runbooks.md"))
                .forEach(heading -> headings.add("docs/runbooks.md#" + anchor(heading)));
        Set<String> used = new TreeSet<>();
        for (JsonNode alert : alerts()) {
            String name = alert.path("alert").asText();
            JsonNode annotations = alert.path("annotations");
            assertTrue(SEVERITIES.contains(alert.path("labels").path("severity").asText()), name);
            assertFalse(annotations.path("summary").asText().isBlank(), name);
            assertTrue(annotations.path("description").asText().endsWith("."), name);
            String runbook = annotations.path("runbook_url").asText();
            assertTrue(headings.contains(runbook), name + " names " + runbook + " of " + headings);
            assertTrue(used.add(runbook), runbook + " is for two alerts");
            assertTrue(
                    Project.read("docs/runbooks.md").contains("**" + name + ".**"),
                    name + " is not named in its runbook");
        }
        assertEquals(headings, used);
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replace(' ', '-').replaceAll("[^a-z0-9-]", "");
    }

    @Test
    void everyCommandOfTheRunbooksIsOneThatOperatorsAreTold() {
        String told = Project.read("README.md")
                + Project.read("docs/operations.md")
                + Project.read("docs/webhooks.md")
                + Project.read("docs/schedules.md");
        List<String> commands =
                Project.matches(Pattern.compile("`\\./gyre ([a-z-]+(?: [a-z-]+)?)"), Project.read("docs/runbooks.md"));
        assertFalse(commands.isEmpty());
        for (String command : commands) {
            boolean known = told.contains("./gyre " + command)
                    || Pattern.compile("\\./gyre " + command.replace(" ", " (?:[a-z-]+\\\\?\\|)*") + "\\b")
                            .matcher(told)
                            .find();
            assertTrue(known, "./gyre " + command);
        }
    }

    @Test
    void prometheusTakesTheRulesAndTellsOfWhatItShould() throws Exception {
        Optional<Path> promtool = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(promtool.isPresent(), "promtool is not installed");
        expectSuccess(promtool.get(), "check", "rules", RULES.toString());
        expectSuccess(
                promtool.get(),
                "test",
                "rules",
                RULES.resolveSibling("alerts-test.yaml").toString());
    }

    private static void expectSuccess(Path program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(run.waitFor(1, TimeUnit.MINUTES), output);
        assertEquals(0, run.exitValue(), output);
    }
}
