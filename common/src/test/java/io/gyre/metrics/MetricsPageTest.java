package io.gyre.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md is what {@link Meter} declares; {@code -Dgyre.write-documents=true} writes it anew. */
class MetricsPageTest {
    private static final Path KEPT = Path.of("..", "docs", "metrics.md");

    private static final String BEFORE = """
            # Metrics

            Each process answers Prometheus at `/q/metrics` of the address where it answers health: api-service at `GYRE_OPS_PORT`
            (7601), a rotation-worker at its own (7611), by plain HTTP, unsigned. There is no secret, no name and no key in it:
            [who may see it](security.md#-the-operations-apis-port). [deployment/observability](../deployment/observability) has the
            rules that alert on it and a dashboard; [runbooks.md](runbooks.md) says what to do.

            This page is written from `io.gyre.metrics.Meter`, the only place where a meter is declared. A test compares the two, and
            others compare what the processes answer, what the rules ask for and what the dashboard draws. Times are in seconds. A
            histogram `NAME_seconds` has the series `NAME_seconds_bucket`, `NAME_seconds_count` and `NAME_seconds_sum`, and
            `NAME_seconds_max`, the longest within the last minutes. Counters that rules alert on begin at 0 with their process; others
            are absent until their first event.

            What api-service says of the installation as a whole (its gauges) each process asks PostgreSQL for, every 10 s, in one
            statement: take `max` over them, not `sum`. While PostgreSQL does not answer, they are `NaN`.

            To be measured costs a call less than 1 µs, and metrics cannot be turned off: [benchmarks](benchmarks/README.md#reads-that-are-observed).
            """;

    private static final String BEHIND = """

            Beside these there are the JVM's own, as Micrometer names them: `jvm_…`, `process_…`, `system_…`. Nothing measures HTTP
            requests, SQL statements or Kafka's clients by itself: such meters would carry paths and client names.

            ## Scraped
            The rules expect jobs of these names:
            ```yaml
            scrape_configs:
              - job_name: gyre-api-service
                metrics_path: /q/metrics
                static_configs: [{targets: ["127.0.0.1:7601"]}]
              - job_name: gyre-rotation-worker
                metrics_path: /q/metrics
                static_configs: [{targets: ["127.0.0.1:7611", "127.0.0.1:7612"]}]
            rule_files: [deployment/observability/alerts.yaml]
            ```
            """;

    private static String page() {
        StringBuilder page = new StringBuilder(BEFORE);
        for (Meter.Service service : Meter.Service.values()) {
            page.append("\n## ")
                    .append(service.title())
                    .append("\n\n| metric | type | labels | meaning |\n|---|---|---|---|\n");
            for (Meter meter : Meter.values()) {
                if (meter.services().contains(service)) {
                    page.append("| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    meter.family(),
                                    meter.kind().type(),
                                    meter.labels().stream()
                                            .map(label -> "`" + label.label() + "`")
                                            .collect(Collectors.joining(", ")),
                                    meter.meaning()));
                }
            }
        }
        page.append("\n## Labels\n\n| of | label | values |\n|---|---|---|\n");
        for (Label label : Label.values()) {
            page.append("| %s | `%s` | %s |\n".formatted(users(label), label.label(), label.meaning()));
        }
        return page.append(BEHIND).toString();
    }

    private static String users(Label label) {
        return Arrays.stream(Meter.values())
                .filter(meter -> meter.labels().contains(label))
                .map(meter -> "`" + meter.family() + "`")
                .collect(Collectors.joining(", "));
    }

    @Test
    void thePageThatIsKeptIsWhatIsDeclared() throws Exception {
        String written = page();
        if (Boolean.getBoolean("gyre.write-documents")) {
            Files.writeString(KEPT, written);
        }
        assertEquals(written, Files.readString(KEPT));
    }

    @Test
    void eachMeterHasANameOfItsOwnItsSentenceAndSomebodyWhoMeasuresIt() {
        List<String> names = Arrays.stream(Meter.values()).map(Meter::family).toList();
        assertEquals(names.size(), new HashSet<>(names).size());
        for (Meter meter : Meter.values()) {
            assertTrue(meter.family().matches("gyre_[a-z_]+"), meter.family());
            assertTrue(meter.meaning().matches("[A-Z].*\\."), meter.meaning());
            assertTrue(!meter.services().isEmpty(), meter.family());
        }
        for (Label label : Label.values()) {
            assertTrue(!users(label).isEmpty(), label.name());
        }
    }
}
