package io.gyre.worker.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.testing.TestPostgres;
import io.gyre.worker.engine.CallBudget.Turn;
import io.gyre.worker.engine.Ticks;
import io.gyre.worker.engine.World;
import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresBudgetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final Calls ONE = new Calls(CloudProduct.RDS, 1);

    private final World world = new World(TestPostgres.freshDatabase());
    private final List<Duration> delays = new CopyOnWriteArrayList<>();

    /** Nobody waits in this test: a delay is noted, and is over at once. */
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            delays.add(Duration.ofNanos(unit.toNanos(delay)));
            return super.schedule(task, 0, unit);
        }
    };

    /** It stands still, so that all time that passes is PostgreSQL's. */
    private final Ticks ticks = new Ticks() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void after(Duration delay, Runnable task) {
            throw new AssertionError("A budget begins nothing by itself");
        }
    };

    @AfterEach
    void end() {
        executor.shutdownNow();
        world.close();
    }

    private record Rate(int rate, int burst) implements BudgetConfig.Rate {}

    private record Same(Rate ram, Rate sts, Rate rds, Rate ecs) implements BudgetConfig.Products {}

    private record Config(String account, Same budget) implements BudgetConfig {}

    /** As a process of its own has it. */
    private PostgresBudget budget(String account, int rate, int burst) {
        Rate same = new Rate(rate, burst);
        return new PostgresBudget(world.pool, new Config(account, new Same(same, same, same, same)), ticks, executor);
    }

    private static Turn take(PostgresBudget budget, Duration longest) {
        return budget.take(ONE, longest).await().atMost(PATIENCE);
    }

    private Row row(String sql, Object... parameters) {
        return world.pool
                .preparedQuery(sql)
                .execute(Tuple.tuple(List.of(parameters)))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next();
    }

    private void change(String sql) {
        world.pool.query(sql).execute().await().atMost(PATIENCE);
    }

    private OffsetDateTime now() {
        return row("SELECT clock_timestamp() AS wall").getOffsetDateTime("wall");
    }

    private double calls(String account) {
        return row("SELECT calls FROM cloud_budget WHERE account = $1 AND product = 'rds'", account)
                .getDouble("calls");
    }

    private double share(String account) {
        return row(
                        "SELECT budget_share(share, throttled_at) AS share FROM cloud_budget"
                                + " WHERE account = $1 AND product = 'rds'",
                        account)
                .getDouble("share");
    }

    @Test
    void processesThatShareABudgetAreNeverGivenMoreThanItHolds() {
        List<PostgresBudget> processes = List.of(budget("a", 1, 5), budget("a", 1, 5), budget("a", 1, 5));
        OffsetDateTime began = now();
        for (int n = 1; n <= 30; n++) {
            delays.clear();
            assertTrue(take(processes.get(n % 3), FOR_EVER).come());
            Duration delay = delays.isEmpty() ? Duration.ZERO : delays.get(0);
            Duration promised = Duration.between(began, now().plus(delay));
            // It began empty, so the nth call is there n seconds later, whoever asked.
            assertTrue(promised.compareTo(Duration.ofSeconds(n).minusMillis(1)) >= 0, n + " after " + promised);
        }
    }

    @Test
    void whereTheWaitWouldBeTooLongNothingIsTaken() {
        PostgresBudget budget = budget("a", 1, 5);
        for (int n = 0; n < 100; n++) {
            assertTrue(take(budget, FOR_EVER).come());
        }
        double before = calls("a");
        Turn tooFar = take(budget, Duration.ZERO);
        assertFalse(tooFar.come());
        assertEquals(Duration.ofSeconds(1), tooFar.share());
        assertEquals(before, calls("a"));
    }

    @Test
    void whatAnAccountOrAProductUsesIsNotTakenFromAnother() {
        PostgresBudget one = budget("a", 1, 5);
        for (int n = 0; n < 100; n++) {
            assertTrue(take(one, FOR_EVER).come());
        }
        assertFalse(take(one, Duration.ZERO).come());
        assertTrue(take(budget("b", 1, 5), Duration.ofSeconds(2)).come());
        assertTrue(one.take(new Calls(CloudProduct.ECS, 1), Duration.ofSeconds(2))
                .await()
                .atMost(PATIENCE)
                .come());
    }

    @Test
    void throttlingHalvesWhatThatAccountIsGivenOnceForAllThatIsAnsweredTogether() {
        PostgresBudget one = budget("a", 1, 5);
        PostgresBudget other = budget("a", 1, 5);
        assertTrue(take(other, FOR_EVER).come());
        assertTrue(take(budget("b", 1, 5), FOR_EVER).come());
        one.throttled(CloudProduct.RDS).await().atMost(PATIENCE);
        other.throttled(CloudProduct.RDS).await().atMost(PATIENCE);
        assertEquals(0.5, share("a"));
        assertEquals(1, share("b"));

        assertTrue(take(other, FOR_EVER).come());
        double before = calls("a");
        assertTrue(take(other, FOR_EVER).come());
        assertEquals(Duration.ofSeconds(2), take(other, Duration.ZERO).share());
        assertTrue(calls("a") < before, "a call costs two");
    }

    @Test
    void aCallThatCostsMoreThanTheBudgetHoldsComesAllTheSameAndIsOwed() {
        PostgresBudget budget = budget("a", 1, 2);
        assertTrue(take(budget, FOR_EVER).come());
        for (int i = 0; i < 4; i++) {
            budget.throttled(CloudProduct.RDS).await().atMost(PATIENCE);
            change("UPDATE cloud_budget SET throttled_at = throttled_at - interval '6 seconds'");
        }
        change("UPDATE cloud_budget SET throttled_at = clock_timestamp() + interval '1 hour'");
        assertEquals(0.0625, share("a"));
        assertTrue(take(budget, FOR_EVER).come(), "the share is read with this one");
        double before = calls("a");
        assertTrue(take(budget, FOR_EVER).come());
        assertEquals(before - 16, calls("a"), 2.5, "sixteen calls' worth, and at most what has grown meanwhile");
    }

    @Test
    void whatWasHalvedComesBackStepByStep() {
        PostgresBudget budget = budget("a", 1, 5);
        assertTrue(take(budget, FOR_EVER).come());
        for (double expected : new double[] {0.5, 0.25, 0.125, 0.0625, 0.0625}) {
            budget.throttled(CloudProduct.RDS).await().atMost(PATIENCE);
            assertEquals(expected, share("a"));
            change("UPDATE cloud_budget SET throttled_at = throttled_at - interval '6 seconds'");
        }
        change("UPDATE cloud_budget SET throttled_at = clock_timestamp() - interval '100 seconds'");
        assertEquals(0.3625, share("a"), 0.0001);
        change("UPDATE cloud_budget SET throttled_at = clock_timestamp() - interval '10 minutes'");
        assertEquals(1, share("a"));
        budget.throttled(CloudProduct.RDS).await().atMost(PATIENCE);
        assertEquals(0.5, share("a"), "a later one begins from what is granted then");
    }

    /** For whoever reckons without PostgreSQL, as the fleet in virtual time does. */
    @Test
    void postgresqlGrantsWhatThrottleSays() {
        for (double left : new double[] {0.0625, 0.1, 0.3, 0.5, 0.95, 1}) {
            for (int seconds = -60; seconds <= 330; seconds += 15) {
                // In the middle of a step, so that the statement's own time does not reach the next.
                Duration since = Duration.ofSeconds(seconds).plusSeconds(5);
                Row row = row(
                        "SELECT budget_share($1::float8, clock_timestamp() - $2::float8 * interval '1 second') AS"
                                + " share",
                        left,
                        (double) since.toSeconds());
                assertEquals(Throttle.share(left, since), row.getDouble("share"), 1e-9, left + " " + since);
            }
        }
    }

    /** Each word of the cloud, so long after the former, counts in PostgreSQL where Throttle says so, and leaves the same. */
    @Test
    void wordsOfACloudLeaveInPostgresqlWhatThrottleSays() {
        PostgresBudget budget = budget("a", 1, 5);
        assertTrue(take(budget, FOR_EVER).come());
        budget.throttled(CloudProduct.RDS).await().atMost(PATIENCE);
        double left = Throttle.halved(1);
        Duration since = Duration.ZERO;
        for (int seconds : new int[] {0, 0, 40, 0, 100, 10, 10, 10, 10, 200, 3600, 0, 10}) {
            Duration later = Duration.ofSeconds(seconds);
            row(
                    "UPDATE cloud_budget SET throttled_at = throttled_at - $1::float8 * interval '1 second' RETURNING"
                            + " 1",
                    (double) seconds);
            since = since.plus(later);
            budget.throttled(CloudProduct.RDS).await().atMost(PATIENCE);
            if (Throttle.counts(since)) {
                left = Throttle.halved(Throttle.share(left, since));
                since = Duration.ZERO;
            }
            assertEquals(left, row("SELECT share FROM cloud_budget").getDouble("share"), 1e-9, later::toString);
        }
    }

    @Test
    void whatTheProcessThatStartedLastWasToldCounts() {
        assertTrue(take(budget("a", 1, 5), FOR_EVER).come());
        PostgresBudget later = budget("a", 7, 9);
        assertTrue(take(later, FOR_EVER).come());
        assertTrue(take(later, FOR_EVER).come());
        Row kept = row("SELECT rate, burst FROM cloud_budget WHERE account = 'a' AND product = 'rds'");
        assertEquals(7, kept.getDouble("rate"));
        assertEquals(9, kept.getDouble("burst"));
    }

    @Test
    void aBudgetFromBeforePostgresqlsClockWasSetBackBeginsAnew() {
        PostgresBudget budget = budget("a", 1, 5);
        for (int n = 0; n < 100; n++) {
            assertTrue(take(budget, FOR_EVER).come());
        }
        change("UPDATE cloud_budget SET taken_at = clock_timestamp() + interval '1 hour'");
        delays.clear();
        assertTrue(take(budget, FOR_EVER).come());
        assertTrue(delays.get(0).compareTo(Duration.ofSeconds(1)) <= 0, delays::toString);
        assertTrue(row("SELECT taken_at <= clock_timestamp() AS past FROM cloud_budget")
                .getBoolean("past"));
    }

    @Test
    void wishesThatComeTogetherGoToPostgresqlTogether() {
        change("CREATE TABLE written (at timestamptz)");
        change("CREATE FUNCTION note_write() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN INSERT INTO written VALUES (clock_timestamp()); RETURN NULL; END $$");
        change("CREATE TRIGGER note_write AFTER INSERT OR UPDATE ON cloud_budget"
                + " FOR EACH STATEMENT EXECUTE FUNCTION note_write()");
        PostgresBudget budget = budget("a", 1_000, 1_000);
        assertTrue(take(budget, FOR_EVER).come());
        List<Uni<Turn>> wishes = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            wishes.add(budget.take(ONE, FOR_EVER));
        }
        List<Turn> turns = Uni.join().all(wishes).andFailFast().await().atMost(PATIENCE);
        assertTrue(turns.stream().allMatch(Turn::come));
        long written = row("SELECT count(*) AS times FROM written").getLong("times");
        assertTrue(written < 250, "500 calls were written " + written + " times");
    }
}
