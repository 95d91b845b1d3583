package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.RamEffect.DeleteKey;
import io.gyre.worker.machine.RamEffect.DisableKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static Decision reached(Play ram) {
        ram.done(keys("LTAIold", ""));
        return ram.done(Map.of(RamRotation.CALL, "works"));
    }

    private void untilTheOverlap() {
        play.woken();
        reached(play);
        play.made("LTAInew");
        play.done();
    }

    @Test
    void theNewKeyIsProvenBeforeItIsCurrentAndTheFormerOneLivesOnFor48Hours() {
        untilTheOverlap();
        assertEquals(List.of("INSPECT", "REACH", "CREATE", "PROVE", "OVERLAP"), play.phases());
        Decision overlap = play.decisions.get(4);
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
        two.done(keys("LTAIolder,LTAIold", ""));
        assertEquals(
                new DisableKey("payments", "LTAIolder"),
                two.done(Map.of(RamRotation.CALL, "works")).effect());
        assertEquals(new DeleteKey("payments", "LTAIolder"), two.done().effect());
        assertEquals("INSPECT", two.done().phase());
        assertEquals("CREATE", reached(two).phase());
    }

    @Test
    void aLostAnswerToCreateAccessKeyIsReconciledByListing() {
        play.woken();
        reached(play);
        play.passes(Duration.ofSeconds(10));
        assertEquals("RECONCILE", play.happens(new Unclear("No answer.")).phase());
        assertEquals("CREATE", play.done(keys("LTAIold", "")).phase());
    }

    @Test
    void aWorkerThatTakesOverInCreateDoesNotCreateASecondTime() {
        play.woken();
        reached(play);
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
        reached(play);
        play.woken();
        Decision found = play.done(unknownKey("2026-01-01T12:00:05Z", "2026-01-01T12:00:06Z"));
        assertEquals("FOREIGN_KEY", found.phase());
        assertEquals(RotationState.WAITING, found.state());
    }

    @Test
    void aKeyFromAnotherTimeIsNeverTakenForTheLostOne() {
        play.woken();
        reached(play);
        play.woken();
        assertEquals(
                "FOREIGN_KEY", play.done(unknownKey("2026-01-01T11:00:00Z", "")).phase());
    }

    @Test
    void theProofIsRepeatedWhileRamDoesNotKnowTheKeyEverywhere() {
        play.woken();
        reached(play);
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

    private void untilTheLastUseIsRead(Play ram, String lastUsed) {
        ram.woken();
        reached(ram);
        ram.made("LTAInew");
        ram.done();
        ram.passes(Duration.ofHours(48));
        ram.woken();
        ram.done(Map.of(RamRotation.LAST_USED, lastUsed));
    }

    private static Play whenInUse(String policy) {
        Map<String, String> target = Map.of("UserName", "payments", "CustomData.WhenFormerKeyInUse", policy);
        return new Play(new RamRotation(), "RamUserAccessKey", target, "LTAIold", null);
    }

    /** The overlap ends at noon of the third: its last quarter begins at midnight. */
    private static final String LATE_USE = "2026-01-03T00:00:01Z";

    @Test
    void aKeyThatIsStillInUseIsDisabledWithAWarningUnlessTheSecretSaysOtherwise() {
        untilTheLastUseIsRead(play, LATE_USE);
        assertEquals("DISABLE", play.last().phase());
        assertTrue(play.last().telling().warning());
        assertEquals(
                "AccessKey LTAIold was last used 11 h 59 min ago (2026-01-03T00:00:01Z): some program has not moved to"
                        + " the new one; disabling it.",
                play.note());
    }

    @Test
    void aUseBeforeTheLastQuarterIsNoReasonToWarn() {
        untilTheLastUseIsRead(play, "2026-01-03T00:00:00Z");
        assertEquals("DISABLE", play.last().phase());
        assertFalse(play.last().telling().warning());
    }

    @Test
    void anOverlapIsExtendedOnceForAKeyThatIsStillInUse() {
        Play ram = whenInUse("extend");
        untilTheLastUseIsRead(ram, LATE_USE);
        assertEquals("OVERLAP", ram.last().phase());
        assertEquals(
                new Wake(Wake.Clock.CALENDAR, Duration.ofHours(48)), ram.last().wake());
        assertEquals(Duration.ofHours(48), ram.last().extended());
        assertTrue(ram.last().telling().warning());
        assertTrue(ram.note().endsWith("both keys work until 2026-01-05T12:00:00Z."), ram.note());
        ram.passes(Duration.ofHours(48));
        ram.woken();
        assertEquals(
                "DISABLE",
                ram.done(Map.of(RamRotation.LAST_USED, "2026-01-05T11:00:00Z")).phase());
    }

    @Test
    void aPersonIsAskedAboutAKeyThatIsStillInUse() {
        Play ram = whenInUse("wait");
        untilTheLastUseIsRead(ram, LATE_USE);
        assertEquals(RotationState.WAITING, ram.state());
        assertEquals("IN_USE", ram.last().phase());
        assertTrue(String.valueOf(ram.last().telling().finding()).contains("Or extend the overlap."), ram.note());
        assertTrue(ram.note().endsWith("; waiting."), ram.note());
        assertEquals(
                "OVERLAP", ram.ordered(new Order.Extend(Duration.ofHours(6))).phase());
        assertEquals(
                new Wake(Wake.Clock.CALENDAR, Duration.ofHours(6)), ram.last().wake());
        ram.passes(Duration.ofHours(6));
        ram.woken();
        ram.done(Map.of(RamRotation.LAST_USED, "2026-01-03T17:30:00Z"));
        assertEquals("IN_USE", ram.last().phase());
        assertEquals("DISABLE", ram.ordered(new Order.Retry()).phase());
    }

    @Test
    void aKeyThatALostCallMadeLateIsFoundBeforeTheEnd() {
        play.woken();
        reached(play);
        play.happens(new Unclear("No answer."));
        play.done(keys("LTAIold", ""));
        play.made("LTAInew");
        play.done();
        play.passes(Duration.ofHours(48));
        play.woken();
        play.done(Map.of(RamRotation.LAST_USED, ""));
        play.done();
        play.woken();
        play.done();
        play.done();
        Map<String, String> late = new HashMap<>(keys("LTAInew,LTAIlost", "LTAIlost"));
        late.put(RamRotation.UNKNOWN_CREATED, "2026-01-01T12:00:30Z");
        late.put(RamRotation.UNKNOWN_USED, "");
        assertEquals(new DisableKey("payments", "LTAIlost"), play.done(late).effect());
        play.done();
        assertEquals("INSPECT_AGAIN", play.done().phase());
        assertEquals(RotationState.SUCCEEDED, play.done(keys("LTAInew", "")).state());
    }

    @Test
    void aKeyThatAnEarlierRotationLeftMakesRoomFirst() {
        Rotation rotation = play.rotation();
        Rotation withLeftover = new Rotation(
                rotation.id(),
                rotation.trigger(),
                rotation.subType(),
                rotation.target(),
                rotation.overlap(),
                "INSPECT",
                rotation.memory(),
                0,
                "LTAIold",
                null,
                null,
                Set.of("LTAIleft"));
        Rotation reaching = withLeftover.after(new RamRotation()
                .decide(
                        withLeftover,
                        Happening.Done.with(keys("LTAIold,LTAIleft", "")),
                        new Now(Play.NOON, Play.NOON, 0.5)));
        Decision found = new RamRotation()
                .decide(
                        reaching,
                        Happening.Done.with(Map.of(RamRotation.CALL, "works")),
                        new Now(Play.NOON, Play.NOON, 0.5));
        assertEquals(new DisableKey("payments", "LTAIleft"), found.effect());
        Rotation deleting = withLeftover.after(found).in("DELETE_SURPLUS");
        Decision deleted =
                new RamRotation().decide(deleting, Happening.Done.plain(), new Now(Play.NOON, Play.NOON, 0.5));
        assertEquals(Orphan.gone("LTAIleft"), deleted.orphan());
        assertEquals("INSPECT", deleted.phase());
    }

    @Test
    void aCurrentKeyThatIsRefusedIsToldAndReplaced() {
        play.woken();
        play.done(keys("LTAIold", ""));
        play.done(Map.of(RamRotation.CALL, "refused"));
        assertEquals("Creating an AccessKey (the current one, LTAIold, is refused)", play.note());
    }

    @Test
    void afterACreateThatFailedTheListingIsReadBeforeTheNext() {
        play.woken();
        reached(play);
        Decision decision =
                play.happens(new Refused(Remedy.RETRY, "LimitExceeded.User.AccessKey", "There are two keys already."));
        assertEquals("RECONCILE", decision.phase());
        play.woken();
        assertEquals("FOREIGN_KEY", play.done(keys("LTAIold,LTAIx", "LTAIx")).phase());
    }

    private static Play repair(String whenInUse, String call) {
        Play repair = new Play(
                new RamRotation(),
                Trigger.REPAIR,
                "RamUserAccessKey",
                Map.of("UserName", "payments", "CustomData.WhenFormerKeyInUse", whenInUse),
                "LTAIold",
                null);
        repair.woken();
        repair.done(keys("LTAIold", ""));
        repair.done(Map.of(RamRotation.CALL, call));
        repair.made("LTAInew");
        repair.done();
        return repair;
    }

    @Test
    void aRepairDoesNotWaitForProgramsToLeaveAKeyThatIsRefused() {
        for (String whenInUse : List.of("proceed", "extend", "wait")) {
            Play repair = repair(whenInUse, "refused");
            assertEquals(
                    new Wake(Wake.Clock.CALENDAR, Duration.ZERO), repair.last().wake());
            assertEquals(
                    "AccessKey LTAInew works and is current; LTAIold, which is refused, is removed at once.",
                    repair.note());
            repair.woken();
            assertEquals(
                    new DisableKey("payments", "LTAIold"),
                    repair.done(Map.of(RamRotation.LAST_USED, "2026-01-01T11:59:00Z"))
                            .effect(),
                    "its last use was before it was refused, whatever the secret says of keys in use");
        }
    }

    @Test
    void aRepairWhoseKeyWorksAllTheSameLeavesProgramsTheirTime() {
        assertEquals(
                new Wake(Wake.Clock.CALENDAR, Duration.ofHours(48)),
                repair("proceed", "works").last().wake());
    }

    @Test
    void aRotationThatIsNoRepairKeepsItsOverlapWhateverIsRefused() {
        play.woken();
        play.done(keys("LTAIold", ""));
        play.done(Map.of(RamRotation.CALL, "refused"));
        play.made("LTAInew");
        assertEquals(
                new Wake(Wake.Clock.CALENDAR, Duration.ofHours(48)), play.done().wake());
    }
}
