package io.gyre.worker.process;

import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.observation.RotationMeters;
import io.micrometer.core.instrument.MeterRegistry;
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
    Onlooker onlooker(Metrics metrics, WorkerConfig config) {
        return new RotationMeters(metrics, config.worker().types());
    }
}
