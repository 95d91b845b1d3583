package io.gyre.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On the registry that Quarkus brings, whatever Micrometer would rather have. */
@SuppressWarnings("deprecation")
class MetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Metrics metrics = new Metrics(registry);

    private static String[] values(Meter meter) {
        return meter.labels().stream().map(label -> "some").toArray(String[]::new);
    }

    private void measure(Meter meter) {
        switch (meter.kind()) {
            case COUNTER -> metrics.count(meter, values(meter));
            case GAUGE, SECONDS -> metrics.shows(meter, () -> 1, values(meter));
            case CALLS, LAGS -> metrics.took(meter, metrics.nanos(), values(meter));
        }
    }

    @Test
    void prometheusCallsEachMeterWhatItsDeclarationSays() {
        for (Meter meter : Meter.values()) {
            measure(meter);
            assertTrue(
                    registry.scrape()
                            .contains("# TYPE " + meter.family() + " "
                                    + meter.kind().type() + "\n"),
                    meter.family() + " is not in " + registry.scrape());
            assertTrue(registry.scrape().contains("# HELP " + meter.family() + " " + meter.help() + "\n"));
            assertFalse(meter.help().contains("]("), meter.help());
        }
    }

    @Test
    void whatPrometheusShowsLeadsToNoDocument() {
        assertEquals("Those of them that take longer than is expected of their type.", Meter.ROTATIONS_LATE.help());
    }

    @Test
    void aHistogramCountsBelowEachOfItsBounds() {
        metrics.lasted(Meter.ROTATION_PICKUP, Duration.ofSeconds(3), "rds");
        String scrape = registry.scrape();
        assertTrue(scrape.contains("gyre_rotation_pickup_seconds_bucket{type=\"rds\",le=\"1.0\",} 0.0"), scrape);
        assertTrue(scrape.contains("gyre_rotation_pickup_seconds_bucket{type=\"rds\",le=\"5.0\",} 1.0"), scrape);
        assertTrue(scrape.contains("gyre_rotation_pickup_seconds_sum{type=\"rds\",} 3.0"), scrape);
    }

    @Test
    void whatAClockThatWentBackSaysTookNoTime() {
        metrics.lasted(Meter.ROTATION_PICKUP, Duration.ofSeconds(-3), "rds");
        assertTrue(registry.scrape().contains("gyre_rotation_pickup_seconds_sum{type=\"rds\",} 0.0"));
    }

    @Test
    void aCountThatIsKeptElsewhereIsShownAsItStands() {
        AtomicInteger seven = new AtomicInteger(7);
        metrics.showsCount(Meter.SHARED_STATEMENT, seven::get, "nonces");
        WeakReference<Object> forgotten = new WeakReference<>(new Object());
        while (forgotten.get() != null) {
            System.gc();
        }
        assertTrue(registry.scrape().contains("gyre_shared_statements_total{statement=\"nonces\",} 7.0"));
    }

    @Test
    void aCounterIsThereBeforeItsFirstEvent() {
        metrics.beginsAtZero(Meter.LEASE_STOLEN, "ram");
        assertTrue(registry.scrape().contains("gyre_lease_steals_total{type=\"ram\",} 0.0"));
        metrics.count(Meter.LEASE_STOLEN, "ram");
        assertTrue(registry.scrape().contains("gyre_lease_steals_total{type=\"ram\",} 1.0"));
    }

    @Test
    void aMeterIsSplitByItsOwnLabelsAlone() {
        assertThrows(IllegalArgumentException.class, () -> metrics.count(Meter.DEAD_LETTER, "a secret's name"));
        assertThrows(IllegalArgumentException.class, () -> metrics.count(Meter.LEASE_STOLEN));
        assertFalse(registry.scrape().contains("a secret's name"));
        assertEquals("", registry.scrape());
    }
}
