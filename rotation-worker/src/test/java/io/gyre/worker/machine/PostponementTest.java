package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Postponed;
import io.gyre.worker.machine.Happening.Refused;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a rotation whose effect may not call the cloud just now. */
class PostponementTest {
    private static final Map<String, String> ENDPOINT = Map.of(RdsRotation.HOST, "127.0.0.1", RdsRotation.PORT, "5432");
    private static final Postponed A_MINUTE = new Postponed(Duration.ofMinutes(1));

    private final Play play = new Play(new RdsRotation(), "SingleUser", Map.of("DBInstanceId", "rm-1"), "app", null);

    private void reset() {
        play.woken();
        play.done(ENDPOINT);
        play.done(Map.of(RdsRotation.LOGIN, "works"));
        assertEquals("RESET", play.last().phase());
    }

    @Test
    void itIsPutBackInItsPhaseUntilItsTurnMayComeAndThenPerformsTheSame() {
        Effect effect = play.woken().effect();

        Decision putBack = play.happens(A_MINUTE);
        assertEquals("INSPECT", putBack.phase());
        assertEquals(RotationState.RUNNING, putBack.state());
        assertEquals(Wake.soon(Duration.ofMinutes(1)), putBack.wake());
        assertNull(putBack.effect());
        assertEquals(effect, play.woken().effect());
    }

    @Test
    void itIsNoFailureHoweverOftenItHappens() {
        play.woken();
        play.happens(new Refused(Remedy.RETRY, "ServiceUnavailable", "Not now."));
        for (int i = 0; i < 100; i++) {
            play.woken();
            assertEquals(1, play.happens(A_MINUTE).attempt());
        }
    }

    @Test
    void itIsToldOnce() {
        play.woken();
        assertTrue(String.valueOf(play.happens(A_MINUTE).telling().note()).startsWith("Waits for its turn"));
        play.woken();
        assertNull(play.happens(A_MINUTE).telling().note());
    }

    @Test
    void theTimeUntilItsTurnIsNotSpentLooking() {
        play.woken();
        play.happens(new Postponed(Duration.ofMinutes(10)));
        play.passes(Duration.ofMinutes(10));
        play.woken();

        Decision looked = play.happens(new NotYet("RDS is at work on it."));
        assertEquals(RotationState.RUNNING, looked.state(), "it has looked once, at this moment");
        play.passes(Duration.ofMinutes(3));
        play.woken();
        assertEquals(
                RotationState.FAILED, play.happens(new NotYet("It still is.")).state());
    }

    @Test
    void anAccessKeyWhoseCreationWasNotSentIsCreatedWithoutLookingForALostOne() {
        Play ram = new Play(new RamRotation(), "RamUserAccessKey", Map.of("UserName", "app"), "LTAIold", null);
        ram.woken();
        ram.done(Map.of(RamRotation.KEYS, "LTAIold", RamRotation.UNKNOWN, ""));
        ram.done(Map.of(RamRotation.CALL, "works"));
        assertEquals("CREATE", ram.last().phase());
        ram.happens(A_MINUTE);
        ram.passes(Duration.ofMinutes(1));

        assertInstanceOf(RamEffect.CreateKey.class, ram.woken().effect());
        assertEquals(
                Play.NOON.plus(Duration.ofMinutes(1)).toString(),
                ram.rotation().memory().get("createSent"),
                "a key that somebody makes before is not taken for this call's");
        assertEquals("RECONCILE", ram.woken().phase(), "this one may have been sent");
    }

    @Test
    void aFirstChangeThatWasNotSentHasChangedNothing() {
        reset();
        play.happens(A_MINUTE);
        assertFalse(play.rotation().isUnderWay());
        assertEquals(RotationState.FAILED, play.ordered(new Order.RollBack()).state());
        assertTrue(play.note().contains("Nothing had been changed at the target"), play::note);
    }

    @Test
    void aChangeThatMayHaveBeenSentBeforeStaysOne() {
        reset();
        play.woken();
        assertInstanceOf(RdsEffect.ResetPassword.class, play.last().effect());
        assertTrue(play.rotation().isUnderWay(), "the worker before may have sent it");
        play.happens(A_MINUTE);
        assertTrue(play.rotation().isUnderWay());
    }

    @Test
    void aRotationIsUnderWayOnceItsFirstChangeIsAcknowledged() {
        reset();
        assertFalse(play.rotation().isUnderWay());
        play.done();
        assertTrue(play.rotation().isUnderWay());
    }

    @Test
    void aRefusalThatSaysTooOftenIsKnownByItsCode() {
        for (String code : new String[] {"Throttling", "Throttling.User", "Throttling.Api", "Rejected.Throttling"}) {
            assertTrue(new Refused(Remedy.RETRY, code, "No.").isThrottling(), code);
        }
        assertFalse(new Refused(Remedy.RETRY, "ServiceUnavailable", "No.").isThrottling());
    }
}
