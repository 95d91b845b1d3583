package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.worker.engine.Turns.Precedence;
import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Calls ONE = new Calls(CloudProduct.RDS, 1);
    private static final Duration SHARE = Duration.ofMillis(100);

    private long nanos;
    private final List<Duration> waits = new ArrayList<>();
    private final List<CloudProduct> throttled = new ArrayList<>();

    private Turns turns(boolean come) {
        return turns(Uni.createFrom().item(new CallBudget.Turn(come, SHARE)));
    }

    private Turns turns(Uni<CallBudget.Turn> answer) {
        CallBudget budget = new CallBudget() {
            @Override
            public Uni<Turn> take(Calls calls, Duration longest) {
                waits.add(longest);
                return answer;
            }

            @Override
            public Uni<Void> throttled(CloudProduct product) {
                throttled.add(product);
                return Uni.createFrom().failure(new IllegalStateException("PostgreSQL is away"));
            }
        };
        return new Turns(budget, new Ticks() {
            @Override
            public long nanos() {
                return nanos;
            }

            @Override
            public void after(Duration delay, Runnable task) {
                throw new AssertionError("Turns wait for nothing by themselves");
            }
        });
    }

    private static Optional<Duration> ask(Turns turns, Calls calls, Precedence precedence) {
        return turns.await(calls, precedence).await().indefinitely();
    }

    @Test
    void whatCallsNothingAsksNobody() {
        assertEquals(Optional.empty(), ask(turns(false), Calls.NONE, Precedence.NEW));
        assertEquals(List.of(), waits);
    }

    @Test
    void whatIsUnderWayMayTakeWhatComesLaterThanAnyOther() {
        Turns turns = turns(true);
        for (Precedence each : List.of(Precedence.UNDER_WAY, Precedence.ASKED, Precedence.NEW, Precedence.LATE)) {
            assertEquals(Optional.empty(), ask(turns, ONE, each));
        }
        for (int i = 1; i < waits.size(); i++) {
            assertTrue(waits.get(i - 1).compareTo(waits.get(i)) > 0, () -> "not in order: " + waits);
        }
    }

    @Test
    void whoeverIsSentAwayComesBackBehindTheOneBefore() {
        Turns turns = turns(false);
        List<Duration> back = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            back.add(ask(turns, ONE, Precedence.NEW).orElseThrow());
        }
        assertEquals(List.of(Duration.ofMillis(1_100), Duration.ofMillis(1_200), Duration.ofMillis(1_300)), back);
        assertEquals(
                Duration.ofMillis(5_100),
                ask(turns, ONE, Precedence.UNDER_WAY).orElseThrow(),
                "what is under way does not stand behind what is not");
    }

    @Test
    void placesThatPassedAreNotKept() {
        Turns turns = turns(false);
        for (int i = 0; i < 100; i++) {
            assertTrue(ask(turns, ONE, Precedence.NEW).isPresent());
        }
        nanos += Duration.ofMinutes(1).toNanos();
        assertEquals(Optional.of(Duration.ofMillis(1_100)), ask(turns, ONE, Precedence.NEW));
    }

    @Test
    void nobodyIsSentAwayForLongerThanFiveMinutes() {
        Turns turns = turns(false);
        Duration last = Duration.ZERO;
        for (int i = 0; i < 5_000; i++) {
            last = ask(turns, ONE, Precedence.NEW).orElseThrow();
        }
        assertEquals(Duration.ofMinutes(5), last);
    }

    @Test
    void withoutTheBudgetNothingIsCalled() {
        Turns turns = turns(Uni.createFrom().failure(new IllegalStateException("PostgreSQL is away")));
        for (int i = 0; i < 100; i++) {
            assertEquals(
                    Optional.of(Duration.ofSeconds(2)),
                    ask(turns, ONE, Precedence.NEW),
                    "however many asked, it is back soon");
        }
    }

    @Test
    void thatTheCloudThrottlesIsToldAndAFailureOfThatHarmsNothing() {
        turns(true).throttled(CloudProduct.STS);
        assertEquals(List.of(CloudProduct.STS), throttled);
    }
}
