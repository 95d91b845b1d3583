package io.gyre.worker.process;

import io.gyre.worker.drift.DriftChecks;
import io.gyre.worker.engine.Engine;
import io.gyre.worker.engine.Watch;
import io.gyre.worker.offer.OfferChecks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The start and the end of a worker. */
@ApplicationScoped
class WorkerProcess {
    private static final Logger LOG = Logger.getLogger(WorkerProcess.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Engine engine;
    private final Watch watch;
    private final DriftChecks drift;
    private final OfferChecks offers;
    private final Schema schema;
    private final RootKeyPresence rootKeys;
    private final WorkerConfig config;

    @Inject
    WorkerProcess(
            Engine engine,
            Watch watch,
            DriftChecks drift,
            OfferChecks offers,
            Schema schema,
            RootKeyPresence rootKeys,
            WorkerConfig config) {
        this.engine = engine;
        this.watch = watch;
        this.drift = drift;
        this.offers = offers;
        this.schema = schema;
        this.rootKeys = rootKeys;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        schema.whenPresent(() -> {
            rootKeys.start();
            engine.start();
            watch.start();
            drift.start();
            offers.start();
            LOG.infof(
                    "Worker %s serves %s.",
                    config.worker().name(), String.join(", ", config.worker().types()));
        });
    }

    /**
     * What is out at a target is waited for, and what is in hand is given back, so that another worker goes on at once. What
     * takes longer than the drain may keeps its lease, since its effect may still arrive; it is taken up when that ends.
     */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        engine.drain();
        watch.drain();
        drift.drain();
        offers.drain();
        long deadline = System.nanoTime() + config.worker().drainWithin().toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!(engine.isDrained() && drift.inHand() == 0) && System.nanoTime() < deadline) {
            boolean unused = never.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (engine.inHand() > 0) {
            LOG.warnf(
                    "%d rotations are still in hand after %s: other workers take them up when their leases end.",
                    engine.inHand(), config.worker().drainWithin());
        }
        rootKeys.end();
    }
}
