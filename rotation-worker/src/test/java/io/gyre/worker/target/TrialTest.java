package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Remedy;
import io.gyre.worker.target.Trial.LetIn;
import io.gyre.worker.target.Trial.TurnedAway;
import io.gyre.worker.target.Trial.Undecided;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final Trial IN = new LetIn("It is let in.");
    private static final Trial AWAY = new TurnedAway("It is refused.");
    private static final Outcome NO_ANSWER = new Unclear("No answer.");
    private static final Trial UNDECIDED = new Undecided(NO_ANSWER);

    private static Outcome both(Trial candidate, Trial former) {
        return Trial.ofBoth(Uni.createFrom().item(candidate), Uni.createFrom().item(former))
                .await()
                .indefinitely();
    }

    @Test
    void ofTwoTheOneThatIsLetInDecides() {
        assertEquals(Done.plain(), both(IN, AWAY));
        Refused notChanged = assertInstanceOf(Refused.class, both(AWAY, IN));
        assertEquals(Remedy.RETRY, notChanged.remedy());
        assertEquals("The change did not take place: It is let in.", notChanged.what());
        assertInstanceOf(NotYet.class, both(AWAY, AWAY));
        assertSame(NO_ANSWER, both(UNDECIDED, IN));
        assertSame(NO_ANSWER, both(AWAY, UNDECIDED));
    }

    @Test
    void theFormerOneIsNotTriedWhereTheCandidateIsLetIn() {
        AtomicBoolean tried = new AtomicBoolean();
        Uni<Trial> former = Uni.createFrom().item(() -> {
            tried.set(true);
            return AWAY;
        });
        Trial.ofBoth(Uni.createFrom().item(IN), former).await().indefinitely();
        assertTrue(!tried.get(), "a login that is not needed was tried");
    }

    @Test
    void whoeverAnswersIsReached() {
        assertEquals(Done.with(Map.of("login", "works")), IN.asReach("login"));
        assertEquals(Done.with(Map.of("login", "refused")), AWAY.asReach("login"));
        assertSame(NO_ANSWER, UNDECIDED.asReach("login"));
    }
}
