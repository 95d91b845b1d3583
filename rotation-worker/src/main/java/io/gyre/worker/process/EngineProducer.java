package io.gyre.worker.process;

import io.gyre.envelope.Envelope;
import io.gyre.envelope.RootKeys;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.start.StartRefusal;
import io.gyre.worker.budget.BudgetConfig;
import io.gyre.worker.budget.PostgresBudget;
import io.gyre.worker.drift.DriftChecks;
import io.gyre.worker.drift.PostgresDriftStore;
import io.gyre.worker.engine.CallBudget;
import io.gyre.worker.engine.Engine;
import io.gyre.worker.engine.EngineSettings;
import io.gyre.worker.engine.Mint;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.engine.PostgresRotationStore;
import io.gyre.worker.engine.PostgresWatchStore;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.engine.Runner;
import io.gyre.worker.engine.Watch;
import io.gyre.worker.offer.OfferChecks;
import io.gyre.worker.offer.PostgresOfferStore;
import io.gyre.worker.verdict.Looks;
import io.gyre.worker.verdict.OfferLooks;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts the engine together from its ports. */
@ApplicationScoped
class EngineProducer {
    /** A claim's first commit follows within milliseconds; a worker that died in between holds it up for so long. */
    private static final Duration CLAIM_LEASE = Duration.ofSeconds(15);

    /** Claims are cheap to repeat, so a batch need not hold all that a worker can have in hand. */
    private static final int CLAIM_BATCH = 250;

    /** A rotation that waits for a slow target costs some kilobytes. */
    private static final int SLOW = 4_000;

    /** The clouds' APIs answer within some hundred milliseconds. */
    private static final Duration SLOW_AFTER = Duration.ofSeconds(1);

    private final WorkerConfig.Worker worker;
    private final WorkerConfig.Drift drift;
    private final Envelope envelope;
    private final Map<String, RotationType> types;
    private final Pool pool;
    private final ScheduledExecutorService executor;
    private final WallTicks ticks;
    private final Metrics metrics;

    @Inject
    EngineProducer(
            WorkerConfig config,
            RootKeys rootKeys,
            List<RotationType> rotationTypes,
            Pool pool,
            ScheduledExecutorService executor,
            Metrics metrics) {
        this.worker = config.worker();
        this.drift = config.drift();
        if (drift.interval().isNegative()) {
            throw new StartRefusal("GYRE_DRIFT_INTERVAL is " + drift.interval()
                    + ": give a time such as 24h, or 0 so that secrets are looked at only where somebody asks.");
        }
        this.envelope = new Envelope(rootKeys);
        this.metrics = metrics;
        metrics.showsCount(Meter.KEPT_LOOKUP, envelope::hitsOfUnwrappedKeys, "unwrapped_keys", "hit");
        metrics.showsCount(Meter.KEPT_LOOKUP, envelope::missesOfUnwrappedKeys, "unwrapped_keys", "miss");
        this.types = rotationTypes.stream().collect(Collectors.toMap(RotationType::name, Function.identity()));
        this.pool = pool;
        this.executor = executor;
        this.ticks = new WallTicks(executor);
        for (String served : worker.types()) {
            if (!types.containsKey(served)) {
                throw new StartRefusal("GYRE_WORKER_TYPES names the rotation type \"" + served
                        + "\", which does not exist: choose among " + new TreeSet<>(types.keySet()) + ".");
            }
        }
    }

    private EngineSettings settings() {
        return new EngineSettings(
                worker.inFlight(),
                SLOW,
                worker.perTarget(),
                CLAIM_BATCH,
                SLOW_AFTER,
                worker.sweepEvery(),
                worker.commitWithin());
    }

    @Produces
    @Singleton
    CallBudget budget(BudgetConfig budgets) {
        return new PostgresBudget(pool, budgets, ticks, executor);
    }

    @Produces
    @Singleton
    Engine engine(Mint mint, CallBudget budget, SecureRandom random, Onlooker onlooker) {
        EngineSettings settings = settings();
        PostgresRotationStore store = new PostgresRotationStore(
                pool, envelope, worker.name(), worker.types(), worker.perTarget(), CLAIM_LEASE, ticks);
        Runner runner = new Runner(store, types, mint, budget, settings, ticks, executor, random, onlooker);
        Engine engine = new Engine(store, runner, settings, ticks);
        metrics.shows(Meter.ROTATIONS_IN_HAND, engine::inHand);
        return engine;
    }

    @Produces
    @Singleton
    Watch watch(CallBudget budget) {
        PostgresWatchStore store = new PostgresWatchStore(pool, envelope, worker.name(), worker.types(), ticks);
        return new Watch(store, types, budget, settings(), ticks, executor);
    }

    @Produces
    @Singleton
    DriftChecks driftChecks(Map<String, Looks> looks, CallBudget budget, SecureRandom random) {
        PostgresDriftStore store = new PostgresDriftStore(pool, envelope, worker.name(), worker.types());
        return new DriftChecks(store, types, looks, drift.interval(), budget, ticks, executor, random);
    }

    @Produces
    @Singleton
    OfferChecks offerChecks(Map<String, OfferLooks> looks, CallBudget budget) {
        PostgresOfferStore store = new PostgresOfferStore(pool, envelope, worker.types());
        return new OfferChecks(store, types, looks, worker.sweepEvery(), budget, ticks, executor);
    }
}
