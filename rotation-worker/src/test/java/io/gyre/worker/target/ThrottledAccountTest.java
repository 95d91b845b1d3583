package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.platform.testing.TestPostgres;
import io.gyre.rpc.RpcFault;
import io.gyre.worker.engine.Engine;
import io.gyre.worker.engine.World;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two cloud accounts on one database: what one of them throttles is nothing to the other. */
class ThrottledAccountTest {
    private final World world = new World(TestPostgres.freshDatabase());
    private final TestCloud one = new TestCloud();
    private final TestCloud other = new TestCloud();

    @AfterEach
    void end() {
        one.close();
        other.close();
        world.close();
    }

    private double share(String account) {
        String share = world.text(
                "SELECT budget_share(share, throttled_at) FROM cloud_budget WHERE account = $1 AND product = 'rds'",
                account);
        return share.isEmpty() ? 1 : Double.parseDouble(share);
    }

    private boolean hasFailed(UUID rotation) {
        return world.text("SELECT state FROM rotation WHERE rotation_id = $1", rotation)
                .equals("Failed");
    }

    /** A rotation for the engine of one account alone, which takes it for a type of its own. */
    private UUID rotation(String secret, String type) {
        UUID rotation = world.rotation(world.secret(secret), "immediate");
        world.sql("UPDATE rotation SET rotation_type = $2 WHERE rotation_id = $1", rotation, type);
        return rotation;
    }

    @Test
    void aThrottledAccountSlowsDownAndTheOthersRotationsGoOn() {
        AtomicBoolean throttles = new AtomicBoolean(true);
        one.on("DescribeDBInstanceAttribute", request -> {
            if (throttles.get()) {
                throw new RpcFault(400, "Throttling.User", "Too often.");
            }
            return TestCloud.json("{}");
        });
        UUID slow = rotation("slow", "rds");
        var quick = IntStream.range(0, 20)
                .mapToObj(n -> rotation("quick-" + n, "ecs"))
                .toList();
        try (AccountWorker throttled = new AccountWorker(world, "rds", "one", one, 10);
                AccountWorker free = new AccountWorker(world, "ecs", "other", other, 1_000)) {
            Engine atOne = throttled.engine();
            Engine atOther = free.engine();
            atOne.start();
            atOther.start();
            world.await("the first account's budget to be halved", () -> share("one") < 1);
            world.await(
                    "the other account's rotations to end", () -> quick.stream().allMatch(this::hasFailed));
            assertEquals(1, share("other"));
            world.await("the timeline to say why it is tried again", () -> world.text(
                            "SELECT note FROM rotation_step WHERE rotation_id = $1 AND note LIKE '%Throttling%' LIMIT 1",
                            slow)
                    .contains("The cloud limits how often Gyre may call."));

            throttles.set(false);
            world.sql(
                    "UPDATE rotation SET wake_at = clock_timestamp() WHERE rotation_id = $1 AND lease_until IS NULL",
                    slow);
            world.await("the throttled rotation to go on", () -> hasFailed(slow));
            atOne.drain();
            atOther.drain();
        }
    }
}
