package io.gyre.worker.process;

import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.trace.Traces;
import io.gyre.trace.UnsentSpans;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.observation.Onlookers;
import io.gyre.worker.observation.RotationMeters;
import io.gyre.worker.observation.RotationTraces;
import io.gyre.worker.process.WorkerConfig.Destination;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts together what others see of this worker. */
@ApplicationScoped
class Observation {
    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        Metrics metrics = new Metrics(registry);
        // Whoever reads the topics is made by the first record.
        metrics.beginsAtZero(Meter.DEAD_LETTER);
        return metrics;
    }

    @Produces
    @Singleton
    Traces traces(OpenTelemetry telemetry, WorkerConfig config) {
        Destination collector = config.traces();
        collector.endpoint().ifPresent(endpoint -> UnsentSpans.toldOf(endpoint, collector.protocol()));
        return collector.endpoint().isPresent() ? Traces.by(telemetry) : Traces.OFF;
    }

    @Produces
    @Singleton
    Onlooker onlooker(Metrics metrics, Traces traces, WorkerConfig config) {
        RotationMeters meters = new RotationMeters(metrics, config.worker().types());
        return traces.areOn() ? new Onlookers(meters, new RotationTraces(traces, System::nanoTime)) : meters;
    }
}
