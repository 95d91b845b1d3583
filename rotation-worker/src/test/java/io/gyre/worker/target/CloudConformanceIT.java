package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.process.Poll;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.worker.engine.Target;
import io.gyre.worker.engine.World;
import io.gyre.worker.machine.EcsEffect.Instance;
import io.gyre.worker.machine.RdsEffect.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker's own clients at the packaged cloud simulator. */
class CloudConformanceIT {
    private static final int FIRST_INSTANCE_PORT = 23_700;
    private static final Duration LATER = Duration.ofMinutes(4);

    @TempDir
    static Path folder;

    private static SimulatedCloud cloud;
    private static SshTrial ssh;

    @BeforeAll
    static void start() throws IOException {
        cloud = new SimulatedCloud(folder, FIRST_INSTANCE_PORT);
        ssh = SshTrial.start();
    }

    @AfterAll
    static void stop() {
        ssh.close();
        cloud.close();
    }

    @Nested
    class Ram extends RamConformance {
        @Override
        protected Target target() {
            return new RamTarget(cloud.rpc, cloud.config());
        }

        @Override
        protected boolean comesAbout(BooleanSupplier condition) {
            return Poll.until(SimulatedCloud.SOON, condition);
        }

        @Override
        protected String user() {
            return cloud.user();
        }
    }

    @Nested
    class Rds extends RdsConformance {
        @Override
        protected Target target() {
            return new RdsTarget(cloud.rpc, cloud.config(), cloud.vertx);
        }

        @Override
        protected boolean comesAbout(BooleanSupplier condition) {
            return Poll.until(SimulatedCloud.SOON, condition);
        }

        @Override
        protected Account account(String password) {
            return cloud.account("app", password);
        }
    }

    /** Two workers, a budget, and more rotations than it lets begin for some seconds; the cloud counts. */
    @Nested
    class Budgets {
        private static final int RATE = 20;
        private static final int ROTATIONS = 200;

        /** Each looks at the instance, and at an account that is not there. */
        private static final int CALLS = 2 * ROTATIONS;

        private AccountWorker worker(World world, String name) {
            return new AccountWorker(
                    world, name, "rds", "one", new RdsTarget(cloud.rpc, cloud.config(), cloud.vertx), RATE);
        }

        private JsonNode counted() {
            for (JsonNode count : cloud.counts("CountCalls").at("/CallCounts/CallCount")) {
                if (count.path("TargetProduct").asText().equals("Rds")) {
                    return count;
                }
            }
            throw new AssertionError("RDS was not called");
        }

        @Test
        void twoWorkersTogetherCallNoMoreOftenThanTheBudgetOfTheirAccount() {
            String instance = cloud.runningInstance();
            try (World world = new World(TestPostgres.freshDatabase());
                    AccountWorker one = worker(world, "worker-1");
                    AccountWorker other = worker(world, "worker-2")) {
                for (int i = 0; i < ROTATIONS; i++) {
                    world.rotation(world.secret("s-" + i), "immediate");
                }
                world.sql("UPDATE rotation SET target = jsonb_build_object('DBInstanceId', $1::text)", instance);
                cloud.counts("ForgetCalls");
                long began = System.nanoTime();
                one.engine().start();
                other.engine().start();
                assertTrue(
                        Poll.until(LATER, () -> world.text("SELECT count(*) FROM rotation WHERE ended_at IS NULL")
                                .equals("0")),
                        "they do not end");
                JsonNode counted = counted();
                double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1_000.0;

                int calls = counted.path("Calls").asInt();
                assertTrue(calls >= CALLS, counted::toString);
                assertTrue(
                        calls <= RATE + RATE * seconds,
                        () -> "The budget grants " + RATE + " a second; in " + seconds + " s: " + counted);
                // What was sent in one second may arrive in another, until the call is given up.
                double spread = 1.5 + CloudApi.LOOK_TIMEOUT.toSeconds();
                assertTrue(counted.path("MostInOneSecond").asInt() <= RATE + RATE * spread, counted::toString);
                assertNotEquals(
                        "0",
                        world.text("SELECT count(*) FROM rotation_step WHERE note LIKE 'Waits for its turn%'"),
                        "with a budget that makes nobody wait, this proves nothing");
                assertEquals(
                        "2", world.text("SELECT count(DISTINCT worker) FROM rotation_step WHERE worker IS NOT NULL"));
            }
        }
    }

    @Nested
    class Ecs extends EcsConformance {
        @Override
        protected Target target() {
            return new EcsTarget(cloud.rpc, cloud.config(), ssh, new SecureRandom());
        }

        @Override
        protected boolean comesAbout(BooleanSupplier condition) {
            return Poll.until(SimulatedCloud.SOON, condition);
        }

        @Override
        protected Running running(String password) {
            return cloud.running(password);
        }

        @Override
        protected void stop(Instance instance) {
            cloud.ecs("StopInstance", Map.of("InstanceId", instance.instanceId()));
            cloud.awaitStatus(instance.instanceId(), "Stopped");
        }
    }
}
