package io.gyre.api;

import io.gyre.api.access.Installation;
import io.gyre.envelope.Envelope;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.trace.Traces;
import io.gyre.trace.UnsentSpans;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** What every room is given: encryption below the root keys, what measures and traces, and the operational clock. */
class Foundations {
    @Produces
    @Singleton
    Envelope envelope(Installation installation, Metrics metrics) {
        Envelope envelope = new Envelope(installation.rootKeys());
        metrics.showsCount(Meter.KEPT_LOOKUP, envelope::hitsOfUnwrappedKeys, "unwrapped_keys", "hit");
        metrics.showsCount(Meter.KEPT_LOOKUP, envelope::missesOfUnwrappedKeys, "unwrapped_keys", "miss");
        return envelope;
    }

    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        return new Metrics(registry);
    }

    @Produces
    @Singleton
    Traces traces(OpenTelemetry telemetry, TraceSettings settings) {
        settings.endpoint().ifPresent(endpoint -> UnsentSpans.toldOf(endpoint, settings.protocol()));
        return settings.endpoint().isPresent() ? Traces.by(telemetry) : Traces.OFF;
    }

    /** The wall clock, for signatures and short-lived caches; what is stored takes its time from the calendar. */
    @Produces
    @Singleton
    InstantSource operationalClock() {
        return Clock.systemUTC();
    }
}
