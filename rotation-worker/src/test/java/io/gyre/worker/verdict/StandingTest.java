package io.gyre.worker.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.worker.verdict.Standing.News;
import io.gyre.worker.verdict.Standing.Next;
import io.gyre.worker.verdict.Standing.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a secret's standing, over every sequence of looks of a length that passes the alarm and comes back. */
class StandingTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Standing NEW = new Standing(State.UNKNOWN, null, 0);

    private static final Verdict WORKS = new Verdict.Works(null);
    private static final Verdict REFUSED = new Verdict.Refused(new Finding("Refused.", "Changed.", "Repair."), null);
    private static final Verdict GONE = new Verdict.Refused(new Finding("Gone.", "Deleted.", "Create."), null);
    private static final Verdict PREVIOUS = new Verdict.PreviousRefused(new Finding("Other.", "Idle.", "Wait."));
    private static final Verdict OPEN = new Verdict.Open("Not reached.");
    private static final List<Verdict> VERDICTS = List.of(WORKS, REFUSED, GONE, PREVIOUS, OPEN);

    /** More than {@link Standing#ALARM_AFTER}. */
    private static final int LOOKS = 7;

    /** Each sequence of verdicts with what became of each. */
    private static void everySequence(BiConsumer<List<Verdict>, List<Next>> promise) {
        go(NEW, List.of(), List.of(), promise);
    }

    private static void go(
            Standing standing,
            List<Verdict> verdicts,
            List<Next> after,
            BiConsumer<List<Verdict>, List<Next>> promise) {
        if (verdicts.size() == LOOKS) {
            promise.accept(verdicts, after);
            return;
        }
        for (Verdict verdict : VERDICTS) {
            Next next = standing.after(verdict, DAY, 0.5);
            go(next.standing(), plus(verdicts, verdict), plus(after, next), promise);
        }
    }

    private static <T> List<T> plus(List<T> all, T one) {
        List<T> more = new ArrayList<>(all);
        more.add(one);
        return more;
    }

    private static Standing before(List<Next> after, int look) {
        return look == 0 ? NEW : after.get(look - 1).standing();
    }

    @Test
    void theSameFindingIsToldOnceAndItsEndOnce() {
        everySequence((verdicts, after) -> {
            @Nullable Finding told = null;
            for (int look = 0; look < LOOKS; look++) {
                Next next = after.get(look);
                Finding now = next.standing().finding();
                News expected = now == null
                        ? told == null ? null : News.CLEARED
                        : now.equals(told)
                                ? null
                                : next.standing().state() == State.UNCHECKED ? News.UNCHECKED : News.DRIFTED;
                assertEquals(expected, next.news(), () -> verdicts.toString());
                told = now;
            }
        });
    }

    @Test
    void aFindingStandsWhereTheTargetRefusedLastAndOnlyALookThatIsLetInEndsIt() {
        everySequence((verdicts, after) -> {
            @Nullable Verdict decided = null;
            for (int look = 0; look < LOOKS; look++) {
                Verdict verdict = verdicts.get(look);
                decided = verdict instanceof Verdict.Open ? decided : verdict;
                Standing standing = after.get(look).standing();
                if (decided instanceof Verdict.Refused refused) {
                    assertEquals(State.DRIFTED, standing.state());
                    assertEquals(refused.finding(), standing.finding());
                } else if (decided instanceof Verdict.PreviousRefused refused) {
                    assertEquals(State.PREVIOUS_DRIFTED, standing.state());
                    assertEquals(refused.finding(), standing.finding());
                } else {
                    assertTrue(
                            standing.finding() == null || standing.state() == State.UNCHECKED,
                            () -> verdicts.toString());
                }
            }
        });
    }

    @Test
    void aTargetThatIsAwayIsNoDriftAndNoAlarmBeforeTheFifthTime() {
        everySequence((verdicts, after) -> {
            int inARow = 0;
            for (int look = 0; look < LOOKS; look++) {
                inARow = verdicts.get(look) instanceof Verdict.Open ? inARow + 1 : 0;
                Standing standing = after.get(look).standing();
                assertEquals(inARow, standing.failures());
                if (inARow > 0) {
                    State former = before(after, look).state();
                    boolean alarm = inARow >= Standing.ALARM_AFTER
                            && (former == State.UNKNOWN || former == State.GOOD || former == State.UNCHECKED);
                    assertEquals(alarm ? State.UNCHECKED : former, standing.state(), () -> verdicts.toString());
                }
            }
        });
    }

    @Test
    void whatProvedNothingIsRepeatedSoonAndEverLessOften() {
        List<Long> seconds = new ArrayList<>();
        Standing standing = NEW;
        for (int look = 0; look < 9; look++) {
            Next next = standing.after(OPEN, DAY, 1);
            seconds.add(repetition(next).toSeconds());
            standing = next.standing();
        }
        assertEquals(List.of(60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L, 3600L), seconds);
        assertEquals(
                Duration.ofSeconds(30),
                NEW.after(OPEN, DAY, 0).repetition(),
                "together they failed, apart they return");
    }

    private static Duration repetition(Next next) {
        Duration repetition = next.repetition();
        if (repetition == null) {
            throw new AssertionError("There is no repetition after " + next);
        }
        return repetition;
    }

    @Test
    void howeverOftenItFailedTheNumbersHold() {
        Standing old = new Standing(State.UNCHECKED, new Finding("a", "b", "c"), Integer.MAX_VALUE);
        Next next = old.after(OPEN, DAY, 1);
        assertEquals(Integer.MAX_VALUE, next.standing().failures());
        assertEquals(Duration.ofHours(1), next.repetition());
    }

    @Test
    void whatWorksWaitsForItsPlaceAndAFindingIsLookedAtAgainWithinTheHour() {
        assertNull(NEW.after(WORKS, DAY, 0.5).repetition());
        assertEquals(Duration.ofHours(1), NEW.after(REFUSED, DAY, 0.5).repetition());
        assertEquals(Duration.ofHours(1), NEW.after(PREVIOUS, DAY, 0.5).repetition());
    }

    @Test
    void noRepetitionComesLaterThanTheSecretsPlaceWould() {
        assertNull(NEW.after(REFUSED, Duration.ofMinutes(10), 0.5).repetition());
        assertNull(NEW.after(OPEN, Duration.ofSeconds(10), 0.5).repetition());
        assertNull(NEW.after(OPEN, Duration.ZERO, 0.5).repetition(), "where looks are off, none comes by itself");
    }
}
