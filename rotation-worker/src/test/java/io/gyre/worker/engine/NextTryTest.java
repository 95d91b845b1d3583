package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.schedule.LookAgain;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a rotation by a policy is tried again that failed: PostgreSQL plans it as the scan for what is due plans all else. */
class NextTryTest {
    private static final double[] SPEEDS = {0.001, 0.5, 1, 60, 7_200};

    /** The bounds of the wall clock, a minute and an hour, are met at waits of eight of them. */
    private static final double[] WALL_SECONDS = {
        -86_400, -1, 0, 1, 60, 479, 480, 481, 1_000, 3_600, 10_000, 28_799, 28_800, 28_801, 86_400, 864_000
    };

    private final World world = new World();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void theTriggerLeavesAFailedOneAloneForAsLongAsLookAgainSays() {
        long secret = world.secret("s");
        for (double speed : SPEEDS) {
            world.sql(
                    "UPDATE calendar SET wall_origin = clock_timestamp(), calendar_origin = now(), speed = $1", speed);
            for (double seconds : WALL_SECONDS) {
                world.sql(
                        "UPDATE secret SET rotation_status = 'Invalid', next_rotation_at = calendar_now() -"
                                + " $2::float8 * interval '1 second' WHERE secret_id = $1",
                        secret,
                        seconds * speed);
                Row planned = world.sql(
                                "SELECT held_by, next_rotation_at, planned_at, begins_at"
                                        + " FROM rotation_plan JOIN secret USING (secret_id) WHERE secret_id = $1",
                                secret)
                        .iterator()
                        .next();
                assertEquals("failure", planned.getString("held_by"));
                OffsetDateTime now = planned.getOffsetDateTime("planned_at");
                Duration waited = Duration.between(planned.getOffsetDateTime("next_rotation_at"), now);
                Duration left = Duration.between(now, planned.getOffsetDateTime("begins_at"));
                Duration apart = left.minus(LookAgain.after(waited, speed)).abs();
                assertTrue(
                        apart.compareTo(Duration.ofMillis(1)) <= 0,
                        () -> "At speed " + speed + ", after " + waited + ": " + left + " and not "
                                + LookAgain.after(waited, speed));
            }
        }
    }
}
