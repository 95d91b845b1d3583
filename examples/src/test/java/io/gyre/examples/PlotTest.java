package io.gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.examples.Tally.Second;
import io.gyre.secret.SecretText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlotTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Credential A = new Credential("v1", SecretText.of("{\"Password\":\"first\"}"));
    private static final Credential B = new Credential("v2", SecretText.of("{\"Password\":\"second\"}"));

    private final AtomicLong nanos = new AtomicLong(7);

    /** Only its words are read. */
    private static final class Nothing implements Application {
        @Override
        public void use(Credential credential) {
            throw new AssertionError("nobody uses it");
        }

        @Override
        public String name(Credential credential) {
            return "app";
        }
    }

    private static final Use USE = use("example/orders", "queries", Duration.ZERO);

    static Use use(String secret, String uses, Duration rereads) {
        return new Use(secret, Map.of(), uses, "passwords", new Nothing(), 1, rereads);
    }

    private static Tally.Sum sum(long reread, long failed, @Nullable String firstFailure) {
        return new Tally.Sum(121, reread, failed, 2, 1, Duration.ofMillis(412), 3, firstFailure, "orders_b");
    }

    @Test
    void usesAreCountedBySecondAndCredentialsOnce() {
        Tally tally = new Tally(nanos::get);
        tally.answered("orders_a", A);
        tally.answered("orders_a", A);
        nanos.addAndGet(SECOND);
        tally.rotated();
        tally.answered("orders_b", B);
        tally.reread(3, Duration.ofMillis(412));
        tally.reread(1, Duration.ofMillis(80));
        tally.failed("It was refused.");
        tally.failed("It was refused again.");
        nanos.addAndGet(2 * SECOND);
        assertEquals(
                List.of(new Second(0, 2, 0, 0, 0, 1), new Second(1, 1, 2, 2, 1, 2), new Second(2, 0, 0, 0, 0, 0)),
                tally.latest(Plot.SECONDS));
        assertEquals(List.of(new Second(2, 0, 0, 0, 0, 0)), tally.latest(1));
        assertEquals(
                new Tally.Sum(3, 2, 2, 2, 1, Duration.ofMillis(412), 3, "It was refused.", "orders_b"), tally.sum());
    }

    @Test
    void whatIsLongAgoIsForgottenAndTheSecondsKeepTheirNumbers() {
        Tally tally = new Tally(nanos::get);
        tally.answered("orders_a", A);
        nanos.addAndGet(10_000 * SECOND);
        List<Second> kept = tally.latest(Integer.MAX_VALUE);
        assertEquals(new Second(9_999, 0, 0, 0, 0, 0), kept.get(kept.size() - 1));
        assertEquals(7_199, kept.size());
        assertEquals(1, tally.sum().answered());
    }

    @Test
    void eachSecondIsAColumn() {
        List<Second> seconds = List.of(
                new Second(0, 0, 0, 0, 0, 0),
                new Second(1, 1, 0, 0, 0, 1),
                new Second(2, 80, 1, 0, 1, 1),
                new Second(3, 40, 0, 2, 0, 28));
        assertEquals(
                List.of(
                        "example/orders",
                        "  queries        ▁█▄" + " ".repeat(56) + "  40 a second",
                        "  credential     aab" + " ".repeat(56) + "  orders_b",
                        "  failed        ··~×" + " ".repeat(56) + "  2",
                        "",
                        "  rotations begun 1    passwords used 2    queries 121    failed 2"),
                Plot.lines(USE, seconds, sum(1, 2, "It was refused.")));
    }

    @Test
    void theSummaryTellsOfSecondTriesAndNamesTheFirstFailure() {
        String total = "example/orders: 121 queries with 2 different passwords over 1 rotations: ";
        assertEquals(List.of(total + "none failed."), Plot.summary(USE, sum(0, 0, null)));
        assertEquals(
                List.of(
                        total + "2 failed.",
                        "  5 of them were refused first and read the secret anew, 3 times at most, until they were let in"
                                + " after 412 ms at most.",
                        "  The first failure: It was refused."),
                Plot.summary(USE, sum(5, 2, "It was refused.")));
    }
}
