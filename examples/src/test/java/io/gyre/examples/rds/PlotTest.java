package io.gyre.examples.rds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.examples.rds.Tally.Second;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlotTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Account A = new Account("v1", "orders_a", "first");
    private static final Account B = new Account("v2", "orders_b", "second");

    private final AtomicLong nanos = new AtomicLong(7);

    @Test
    void queriesAreCountedBySecondAndPasswordsOnce() {
        Tally tally = new Tally(nanos::get);
        tally.answered(A);
        tally.answered(A);
        nanos.addAndGet(SECOND);
        tally.answered(B);
        tally.failed("It was refused.");
        tally.failed("It was refused again.");
        nanos.addAndGet(2 * SECOND);
        assertEquals(
                List.of(new Second(2, 0, "orders_a"), new Second(1, 2, "orders_b"), new Second(0, 0, "")),
                tally.latest(Plot.SECONDS));
        assertEquals(1, tally.latest(1).size());
        assertEquals(new Tally.Sum(3, 2, 2, "It was refused.", B), tally.sum());
    }

    @Test
    void eachSecondIsAColumn() {
        List<Second> seconds = List.of(
                new Second(0, 0, ""),
                new Second(1, 0, "orders_a"),
                new Second(80, 0, "orders_a"),
                new Second(40, 2, "orders_b"));
        assertEquals(
                List.of(
                        "  queries      ▁█▄" + " ".repeat(56) + "  40 a second",
                        "  account      aab" + " ".repeat(56) + "  orders_b",
                        "  failed      ···×" + " ".repeat(56) + "  2",
                        "",
                        "  rotations begun 1    passwords used 2    queries 121    failed 2"),
                Plot.lines(seconds, new Tally.Sum(121, 2, 2, "It was refused.", B), 1));
    }

    @Test
    void theSummaryNamesTheFirstFailure() {
        assertEquals(
                List.of(
                        "9 queries, each by a login of its own, with 2 different passwords over 1 rotations: none failed."),
                Plot.summary(new Tally.Sum(9, 0, 2, null, B), 1));
        assertEquals(
                "The first failure: It was refused.",
                Plot.summary(new Tally.Sum(9, 1, 2, "It was refused.", B), 1).get(1));
    }
}
