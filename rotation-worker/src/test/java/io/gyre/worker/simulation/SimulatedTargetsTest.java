package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Target;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.EcsEffect.Instance;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.target.EcsConformance;
import io.gyre.worker.target.RamConformance;
import io.gyre.worker.target.RdsConformance;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;

/** The simulation's targets keep the promises that the clients keep at the simulated cloud (CloudConformanceIT). */
class SimulatedTargetsTest {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS = 300;

    private final VirtualTime time = new VirtualTime(new Dice(1));
    private int made;

    private record Prompt(SimulatedTarget target) implements Target {
        @Override
        public Uni<Outcome> perform(Effect effect, Map<Credential, SecretText> credentials) {
            return Uni.createFrom().item(() -> target.perform(effect, credentials));
        }
    }

    private boolean timePassesUntil(BooleanSupplier condition) {
        for (int i = 0; i < STEPS; i++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            long until = time.nanos() + STEP.toNanos();
            var unused = time.after(STEP, () -> {});
            while (time.nanos() < until && time.next()) {}
        }
        return false;
    }

    @Nested
    class Ram extends RamConformance {
        private final SimulatedRam ram =
                new SimulatedRam(time, new SimulatedClocks(time, 1)::cloud, Duration.ofSeconds(1));

        @Override
        protected Target target() {
            return new Prompt(ram);
        }

        @Override
        protected boolean comesAbout(BooleanSupplier condition) {
            return timePassesUntil(condition);
        }

        @Override
        protected String user() {
            String user = "user" + ++made;
            ram.addUser(user);
            return user;
        }
    }

    @Nested
    class Rds extends RdsConformance {
        private final SimulatedRds rds = new SimulatedRds(time, () -> Duration.ofSeconds(3));

        @Override
        protected Target target() {
            return new Prompt(rds);
        }

        @Override
        protected boolean comesAbout(BooleanSupplier condition) {
            return timePassesUntil(condition);
        }

        @Override
        protected Account account(String password) {
            Account account = new Account("rm-" + ++made, "app");
            rds.addInstance(account.instanceId());
            rds.addAccount(account.instanceId(), account.name(), password);
            return account;
        }
    }

    @Nested
    class Ecs extends EcsConformance {
        private final SimulatedEcs ecs = new SimulatedEcs(time, () -> Duration.ofSeconds(2), () -> false);

        @Override
        protected Target target() {
            return new Prompt(ecs);
        }

        @Override
        protected boolean comesAbout(BooleanSupplier condition) {
            return timePassesUntil(condition);
        }

        @Override
        protected Running running(String password) {
            Instance instance = new Instance(REGION, "i-" + ++made);
            ecs.addInstance(instance.instanceId());
            ecs.authorize(instance.instanceId(), SimulatedMint.login("root", password));
            return new Running(instance, 22);
        }

        @Override
        protected void stop(Instance instance) {
            ecs.stop(instance.instanceId());
        }
    }
}
