package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.RamEffect.DeleteKey;
import io.gyre.worker.machine.RamEffect.DisableKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RamRotationTest {
    private static final Map<String, String> USER = Map.of("UserName", "payments");

    private final Play play = new Play(new RamRotation(), "RamUserAccessKey", USER, "LTAIold", null);

    private static Map<String, String> keys(String keys, String unknown) {
        return Map.of(RamRotation.KEYS, keys, RamRotation.UNKNOWN, unknown);
    }

    private static Map<String, String> unknownKey(String created, String lastUsed) {
        Map<String, String> facts = new HashMap<>(keys("LTAIold,LTAIlost", "LTAIlost"));
        facts.put(RamRotation.UNKNOWN_CREATED, created);
        facts.put(RamRotation.UNKNOWN_USED, lastUsed);
        return facts;
    }

    private void untilTheOverlap() {
        play.woken();
        play.done(keys("LTAIold", ""));
        play.made("LTAInew");
        play.done();
    }

    @Test
    void theNewKeyIsProvenBeforeItIsCurrentAndTheFormerOneLivesOnFor48Hours() {
        untilTheOverlap();
        assertEquals(List.of("INSPECT", "CREATE", "PROVE", "OVERLAP"), play.phases());
        Decision overlap = play.decisions.get(3);
        assertTrue(overlap.does(VersionMove.PROMOTE));
        assertEquals(new Wake(Wake.Clock.CALENDAR, Duration.ofHours(48)), overlap.wake());
        assertEquals(1, play.promotions());
    }

    @Test
    void afterTheOverlapTheFormerKeyIsDisabledDeletedAndProvenRefused() {
        untilTheOverlap();
        play.passes(Duration.ofHours(48));
        play.woken();
        assertEquals(
                new DisableKey("payments", "LTAIold"),
                play.done(Map.of(RamRotation.LAST_USED, "2026-01-01T13:00:00Z")).effect());
        Decision grace = play.done();
        assertEquals("GRACE_PERIOD", grace.phase());
        assertEquals(new DeleteKey("payments", "LTAIold"), play.woken().effect());
        assertEquals("PROVE_REFUSED", play.done().phase());
        play.done();
        Decision end = play.done(keys("LTAInew", ""));
        assertEquals(RotationState.SUCCEEDED, end.state());
        assertTrue(end.does(VersionMove.FORGET_FORMER));
    }

    @Test
    void theTimelineTellsWhenTheFormerKeyWasLastUsed() {
        untilTheOverlap();
        play.passes(Duration.ofHours(48));
        play.woken();
        Decision told = play.done(Map.of(RamRotation.LAST_USED, "2026-01-02T12:00:00Z"));
        assertEquals("DISABLE", told.phase());
        assertTrue(play.note().contains("last used 24 h 0 min ago"), play.note());
    }

    @Test
    void aKeyThatGyreDoesNotKnowStopsTheRotationBeforeAnythingIsChanged() {
        play.woken();
        Decision stopped = play.done(keys("LTAIold,LTAIforeign", "LTAIforeign"));
        assertEquals(RotationState.WAITING, stopped.state());
        assertNull(stopped.effect());
        assertTrue(String.valueOf(stopped.telling().finding()).contains("LTAIforeign"));
        assertFalse(stopped.memory().containsKey(Memory.TOUCHED));
    }

    @Test
    void theOlderOfTwoKnownKeysMakesRoomFirst() {
        Play two = new Play(new RamRotation(), "RamUserAccessKey", USER, "LTAIold", "LTAIolder");
        two.woken();
        assertEquals(
                new DisableKey("payments", "LTAIolder"),
                two.done(keys("LTAIolder,LTAIold", "")).effect());
        assertEquals(new DeleteKey("payments", "LTAIolder"), two.done().effect());
        assertEquals("INSPECT", two.done().phase());
        assertEquals("CREATE", two.done(keys("LTAIold", "")).phase());
    }

    @Test
    void aLostAnswerToCreateAccessKeyIsReconciledByListing() {
        play.woken();
        play.done(keys("LTAIold", ""));
        play.passes(Duration.ofSeconds(10));
        assertEquals("RECONCILE", play.happens(new Unclear("No answer.")).phase());
        assertEquals("CREATE", play.done(keys("LTAIold", "")).phase());
    }

    @Test
    void aWorkerThatTakesOverInCreateDoesNotCreateASecondTime() {
        play.woken();
        play.done(keys("LTAIold", ""));
        play.passes(Duration.ofSeconds(30));
        assertEquals("RECONCILE", play.woken().phase());
        Decision found = play.done(unknownKey("2026-01-01T12:00:05Z", ""));
        assertEquals(new DisableKey("payments", "LTAIlost"), found.effect());
        assertEquals(new DeleteKey("payments", "LTAIlost"), play.done().effect());
        assertEquals("CREATE", play.done().phase());
    }

    @Test
    void aKeyThatWasUsedIsNeverTakenForTheLostOne() {
        play.woken();
        play.done(keys("LTAIold", ""));
        play.woken();
        Decision found = play.done(unknownKey("2026-01-01T12:00:05Z", "2026-01-01T12:00:06Z"));
        assertEquals("FOREIGN_KEY", found.phase());
        assertEquals(RotationState.WAITING, found.state());
    }

    @Test
    void aKeyFromAnotherTimeIsNeverTakenForTheLostOne() {
        play.woken();
        play.done(keys("LTAIold", ""));
        play.woken();
        assertEquals(
                "FOREIGN_KEY", play.done(unknownKey("2026-01-01T11:00:00Z", "")).phase());
    }

    @Test
    void theProofIsRepeatedWhileRamDoesNotKnowTheKeyEverywhere() {
        play.woken();
        play.done(keys("LTAIold", ""));
        play.made("LTAInew");
        Decision again = play.happens(new NotYet("RAM does not know AccessKey LTAInew."));
        assertEquals("PROVE", again.phase());
        assertNotNull(again.wake());
        assertNull(again.telling().note());
        assertInstanceOf(RamEffect.ProveKey.class, play.woken().effect());
    }

    @Test
    void aUserWhoIsGoneFailsTheRotationBeforeAnythingIsChanged() {
        play.woken();
        Decision failed = play.happens(
                new Refused(Remedy.ASK_PERSON, "EntityNotExist.User", "RAM user payments does not exist."));
        assertEquals(RotationState.FAILED, failed.state());
        assertEquals("RAM user payments does not exist.", failed.telling().finding());
    }

    @Test
    void afterAChangeAtTheTargetATroubleWaitsForAPersonInsteadOfFailing() {
        untilTheOverlap();
        play.passes(Duration.ofHours(48));
        play.woken();
        Decision asked =
                play.happens(new Refused(Remedy.ASK_PERSON, "NoPermission", "Gyre may not read the last use."));
        assertEquals(RotationState.WAITING, asked.state());
    }

    @Test
    void retriesBackOffAndEndWithTheirBudget() {
        play.woken();
        Decision decision = play.happens(new Unclear("No answer."));
        assertEquals(new Wake(Wake.Clock.OPERATIONAL, Duration.ofSeconds(5)), decision.wake());
        int tries = 1;
        while (decision.state() == RotationState.RUNNING) {
            play.woken();
            decision = play.happens(new Unclear("No answer."));
            tries++;
        }
        assertEquals(Patience.CALL.attempts(), tries);
        assertEquals(RotationState.FAILED, decision.state());
    }

    @Test
    void afterThePromotionAForeignKeyNeverStartsTheRotationAnew() {
        untilTheOverlap();
        play.passes(Duration.ofHours(48));
        play.woken();
        play.done(Map.of(RamRotation.LAST_USED, ""));
        play.done();
        play.woken();
        play.done();
        play.done();
        assertEquals("FOREIGN_KEY", play.done(keys("LTAInew,LTAIx", "LTAIx")).phase());
        assertEquals("INSPECT_AGAIN", play.woken().phase());
        assertEquals(RotationState.SUCCEEDED, play.done(keys("LTAInew", "")).state());
        assertEquals(1, play.promotions());
    }
}
