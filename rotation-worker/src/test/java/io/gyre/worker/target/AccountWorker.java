package io.gyre.worker.target;

import io.gyre.envelope.Envelope;
import io.gyre.envelope.RootKey;
import io.gyre.envelope.RootKeys;
import io.gyre.worker.budget.BudgetConfig;
import io.gyre.worker.budget.PostgresBudget;
import io.gyre.worker.engine.Engine;
import io.gyre.worker.engine.EngineSettings;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.engine.PostgresRotationStore;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.engine.Runner;
import io.gyre.worker.engine.World;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.process.WallTicks;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** An engine as a worker process has it: with the RDS client, and a budget in PostgreSQL. */
final class AccountWorker implements AutoCloseable {
    static final EngineSettings SETTINGS = new EngineSettings(
            1_024, 4_000, 1_000, 250, Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(15));

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private final Engine engine;

    /**
     * @param type under which it takes rotations of RDS accounts
     * @param account whose budget it takes calls from
     * @param rate its calls a second, and at once
     */
    AccountWorker(World world, String type, String account, TestCloud cloud, int rate) {
        this(world, "at-" + account, type, account, new RdsTarget(cloud.rpc, cloud.config(), cloud.vertx), rate);
    }

    AccountWorker(World world, String name, String type, String account, RdsTarget target, int rate) {
        WallTicks ticks = new WallTicks(executor);
        Envelope envelope =
                new Envelope(RootKeys.of(RootKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]))));
        PostgresRotationStore store = new PostgresRotationStore(
                world.pool, envelope, name, List.of(type), 1_000, Duration.ofSeconds(15), ticks);
        Rate same = new Rate(rate, rate);
        PostgresBudget budget =
                new PostgresBudget(world.pool, new Budgets(account, new Same(same, same, same, same)), ticks, executor);
        Runner runner = new Runner(
                store,
                Map.of(type, new RotationType(type, new RdsRotation(), target)),
                recipe -> {
                    throw new AssertionError("No rotation comes so far.");
                },
                budget,
                SETTINGS,
                ticks,
                executor,
                new Random(1),
                Onlooker.NOBODY);
        this.engine = new Engine(store, runner, SETTINGS, ticks);
    }

    private record Rate(int rate, int burst) implements BudgetConfig.Rate {}

    private record Same(Rate ram, Rate sts, Rate rds, Rate ecs) implements BudgetConfig.Products {}

    private record Budgets(String account, Same budget) implements BudgetConfig {}

    Engine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.drain();
        executor.shutdownNow();
    }
}
