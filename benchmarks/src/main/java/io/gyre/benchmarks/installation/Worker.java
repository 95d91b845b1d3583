package io.gyre.benchmarks.installation;

import io.gyre.envelope.Envelope;
import io.gyre.envelope.RootKey;
import io.gyre.envelope.RootKeys;
import io.gyre.worker.engine.Engine;
import io.gyre.worker.engine.EngineSettings;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.engine.PostgresRotationStore;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.engine.Runner;
import io.gyre.worker.engine.Target;
import io.gyre.worker.process.WallTicks;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The worker's engine with its store, put together as the worker's process does it, for {@link FourSteps}. */
public final class Worker implements AutoCloseable {
    /** As a worker has it unless it is told otherwise: docs/configuration.md. */
    private static final EngineSettings SETTINGS = new EngineSettings(
            1_024, 4_000, 16, 250, Duration.ofSeconds(1), Duration.ofMillis(250), Duration.ofSeconds(15));

    private static final Duration CLAIM_LEASE = Duration.ofSeconds(15);

    /** quarkus.datasource.reactive.max-size of the worker. */
    private static final int CONNECTIONS = 8;

    private final Vertx vertx = Vertx.vertx();
    private final ScheduledExecutorService executor =
            Executors.newScheduledThreadPool(Runtime.getRuntime().availableProcessors());
    private final Pool pool;
    private final Engine engine;

    /** Nothing is swept or claimed before {@link #start} or {@link #wake}. */
    public Worker(Installation installation, Target target) {
        this.pool = installation.database().pool(vertx, CONNECTIONS);
        WallTicks ticks = new WallTicks(executor);
        Envelope envelope =
                new Envelope(RootKeys.of(RootKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]))));
        PostgresRotationStore store = new PostgresRotationStore(
                pool, envelope, "bench-worker", List.of(Installation.TYPE), SETTINGS.perTarget(), CLAIM_LEASE, ticks);
        Runner runner = new Runner(
                store,
                Map.of(Installation.TYPE, new RotationType(Installation.TYPE, new FourSteps(), target)),
                recipe -> {
                    throw new IllegalStateException("No credential is made here.");
                },
                new NoCloud(),
                SETTINGS,
                ticks,
                executor,
                new SecureRandom(),
                Onlooker.NOBODY);
        this.engine = new Engine(store, runner, SETTINGS, ticks);
    }

    /** Begins to sweep, as a worker does when it starts. */
    public void start() {
        engine.start();
    }

    /** As the record on Kafka does. */
    public void wake(UUID rotation) {
        engine.wake(rotation);
    }

    @Override
    public void close() {
        engine.drain();
        pool.closeAndAwait();
        vertx.closeAndAwait();
        executor.shutdownNow();
    }
}
