package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.RamEffect.CreateKey;
import io.gyre.worker.machine.RamEffect.DeleteKey;
import io.gyre.worker.machine.RamEffect.DisableKey;
import io.gyre.worker.machine.RamEffect.EnableKey;
import io.gyre.worker.machine.RamEffect.ProveKey;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an operator may order, on the machine with the longest life: RAM's. */
class OrdersTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Refused FORBIDDEN = new Refused(Remedy.ASK_PERSON, "NoPermission", "Gyre may not do this.");

    private final Play play =
            new Play(new RamRotation(), "RamUserAccessKey", Map.of("UserName", "payments"), "old", null);

    private static Map<String, String> keys(String keys) {
        return Map.of(RamRotation.KEYS, keys, RamRotation.UNKNOWN, "");
    }

    private void untilCreate() {
        play.woken();
        play.done(keys("old"));
        play.done(Map.of(RamRotation.CALL, "works"));
    }

    private void untilTheOverlap() {
        untilCreate();
        play.made("new");
        play.done();
        assertEquals("OVERLAP", play.last().phase());
    }

    private void untilTheGrace() {
        untilTheOverlap();
        play.passes(Duration.ofHours(48));
        play.woken();
        play.done(Map.of(RamRotation.LAST_USED, ""));
        play.done();
        assertEquals("GRACE_PERIOD", play.last().phase());
    }

    @Test
    void aRetryBeginsTheWaitForAPersonAnewWithAFreshBudget() {
        untilCreate();
        play.made("new");
        play.happens(FORBIDDEN);
        assertEquals(RotationState.WAITING, play.state());
        play.passes(Duration.ofHours(3));
        Decision retried = play.ordered(new Order.Retry());
        assertEquals(new ProveKey(Credential.CANDIDATE), retried.effect());
        assertEquals("ops ordered a retry: Proving the new AccessKey with a signed call", play.note());
        // Three hours of waiting do not count against the two minutes that the proof has.
        assertEquals(RotationState.RUNNING, play.happens(new NotYet("Not yet.")).state());
    }

    @Test
    void aRetryDoesNotWaitForTheNextTry() {
        play.woken();
        assertTrue(play.happens(new Unclear("No answer.")).wake() != null);
        Decision retried = play.ordered(new Order.Retry());
        assertEquals("INSPECT", retried.phase());
        assertEquals(0, retried.attempt());
        assertTrue(retried.effect() != null);
    }

    @Test
    void anOverlapIsNotCutShortByARetry() {
        untilTheOverlap();
        play.passes(HOUR);
        Decision declined = play.ordered(new Order.Retry());
        assertEquals(new Wake(Wake.Clock.CALENDAR, Duration.ofHours(47)), declined.wake());
        assertEquals(
                "ops ordered a retry; there is nothing to retry, it rests until 2026-01-03T12:00:00Z.", play.note());
    }

    @Test
    void anExtensionAddsToWhatIsLeftOfTheOverlap() {
        untilTheOverlap();
        play.passes(HOUR);
        Decision extended = play.ordered(new Order.Extend(Duration.ofHours(2)));
        assertEquals(new Wake(Wake.Clock.CALENDAR, Duration.ofHours(49)), extended.wake());
        assertEquals(Duration.ofHours(2), extended.extended());
        assertEquals(
                "ops ordered an extension of the overlap by 2 h 0 min. Both credentials work until 2026-01-03T14:00:00Z.",
                play.note());
        play.passes(Duration.ofHours(49));
        assertEquals("READ_LAST_USE", play.woken().phase());
    }

    @Test
    void whereNoOverlapRunsThereIsNothingToExtend() {
        untilTheGrace();
        play.passes(Duration.ofMinutes(4));
        Decision declined = play.ordered(new Order.Extend(HOUR));
        assertEquals("GRACE_PERIOD", declined.phase());
        assertEquals(new Wake(Wake.Clock.CALENDAR, Duration.ofMinutes(6)), declined.wake());
        assertEquals(Duration.ZERO, declined.extended());
        assertEquals(
                "ops ordered an extension of the overlap by 1 h 0 min; there is no overlap that could be extended.",
                play.note());
    }

    @Test
    void aRollbackBeforeAnyChangeEndsAtOnce() {
        play.woken();
        Decision failed = play.ordered(new Order.RollBack());
        assertEquals(RotationState.FAILED, failed.state());
        assertEquals(Set.of(VersionMove.DROP_CANDIDATE), failed.moves());
        assertEquals("ops ordered a rollback. Nothing had been changed at the target.", play.note());
        assertEquals("ops ordered a rollback.", failed.telling().finding());
    }

    @Test
    void aRollbackBeforeThePromotionRemovesTheNewKey() {
        untilCreate();
        play.made("new");
        assertEquals("UNDO_INSPECT", play.ordered(new Order.RollBack()).phase());
        assertEquals("ops ordered a rollback. Rolling back: looking at the AccessKeys.", play.note());
        assertEquals(
                new DisableKey("payments", "new"), play.done(keys("old,new")).effect());
        assertEquals(new DeleteKey("payments", "new"), play.done().effect());
        assertEquals("UNDO_INSPECT", play.done().phase());
        Decision end = play.done(keys("old"));
        assertEquals(RotationState.FAILED, end.state());
        assertTrue(end.does(VersionMove.DROP_CANDIDATE));
        assertEquals("ops ordered a rollback.", end.telling().finding());
        assertEquals(0, play.promotions());
    }

    @Test
    void aRollbackInTheOverlapMakesTheFormerKeyCurrentAndGivesProgramsTimeToReturn() {
        untilTheOverlap();
        assertEquals(
                new EnableKey("payments", "old"),
                play.ordered(new Order.RollBack()).effect());
        assertEquals(new ProveKey(Credential.FORMER), play.done().effect());
        Decision demoted = play.done();
        assertEquals(Set.of(VersionMove.DEMOTE), demoted.moves());
        assertEquals(new Wake(Wake.Clock.CALENDAR, Duration.ofHours(48)), demoted.wake());
        assertEquals(
                "Rolled back: AccessKey old works and is current; new works on until 2026-01-03T12:00:00Z.",
                play.note());
        play.passes(Duration.ofHours(48));
        play.woken();
        assertEquals(
                new DisableKey("payments", "new"), play.done(keys("old,new")).effect());
        assertEquals(
                new Wake(Wake.Clock.CALENDAR, Duration.ofMinutes(10)),
                play.done().wake());
        assertEquals(new DeleteKey("payments", "new"), play.woken().effect());
        play.done();
        assertEquals(RotationState.FAILED, play.done(keys("old")).state());
    }

    @Test
    void aRollbackInTheGraceEnablesTheFormerKeyAgain() {
        untilTheGrace();
        assertEquals(
                new EnableKey("payments", "old"),
                play.ordered(new Order.RollBack()).effect());
    }

    @Test
    void onceTheFormerKeyIsBeingDeletedThereIsNoWayBack() {
        untilTheGrace();
        play.woken();
        Decision declined = play.ordered(new Order.RollBack());
        assertEquals(new DeleteKey("payments", "old"), declined.effect());
        assertEquals(
                "ops ordered a rollback; it cannot be rolled back any more: the former credential is gone.",
                play.note());
    }

    @Test
    void aDeclinedOrderLeavesTheQuestionToThePersonAsItWas() {
        untilTheGrace();
        play.woken();
        play.happens(FORBIDDEN);
        Decision declined = play.ordered(new Order.RollBack());
        assertEquals(RotationState.WAITING, declined.state());
        assertEquals("Gyre may not do this.", declined.telling().finding());
        assertNull(declined.effect());
    }

    @Test
    void aRollbackThatIsOrderedTwiceGoesOnWhereItIs() {
        untilCreate();
        play.made("new");
        play.ordered(new Order.RollBack());
        play.done(keys("old,new"));
        play.happens(FORBIDDEN);
        assertEquals(RotationState.WAITING, play.state());
        assertEquals(
                new DisableKey("payments", "new"),
                play.ordered(new Order.RollBack()).effect());
    }

    @Test
    void aTakenOverCreateIsReconciledByARollback() {
        untilCreate();
        play.passes(Duration.ofSeconds(20));
        assertEquals("UNDO_INSPECT", play.ordered(new Order.RollBack()).phase());
        Decision found = play.done(Map.of(
                RamRotation.KEYS,
                "old,lost",
                RamRotation.UNKNOWN,
                "lost",
                RamRotation.UNKNOWN_CREATED,
                "2026-01-01T12:00:01Z",
                RamRotation.UNKNOWN_USED,
                ""));
        assertEquals(new DisableKey("payments", "lost"), found.effect());
        assertEquals(Orphan.left("lost"), found.orphan());
        play.done();
        assertEquals(Orphan.gone("lost"), play.done().orphan());
        assertEquals(RotationState.FAILED, play.done(keys("old")).state());
    }

    @Test
    void givingUpListsWhatIsLeftAndKeepsItsValue() {
        untilCreate();
        play.made("new");
        Decision end = play.ordered(new Order.GiveUp());
        assertEquals(RotationState.FAILED, end.state());
        assertEquals(Orphan.left("new"), end.orphan());
        assertEquals(Set.of(VersionMove.KEEP_CANDIDATE), end.moves());
        assertEquals(
                "ops ordered to give up while it was at \"Proving the new AccessKey with a signed call\". The target may"
                        + " hold new, which is listed as an orphan until it is removed.",
                end.telling().finding());
        assertEquals("UNDO_INSPECT", play.ordered(new Order.RollBack()).phase());
    }

    @Test
    void whatWasLeftInTheOverlapOfARollbackIsRemovedAtOnceWhenThatIsOrdered() {
        untilTheOverlap();
        play.ordered(new Order.RollBack());
        play.done();
        assertEquals("UNDO_OVERLAP", play.done().phase());
        assertEquals(Orphan.left("new"), play.ordered(new Order.GiveUp()).orphan());
        assertEquals("UNDO_INSPECT", play.ordered(new Order.RollBack()).phase());
        assertEquals(
                new DisableKey("payments", "new"), play.done(keys("old,new")).effect());
    }

    @Test
    void givingUpBeforeAnyChangeLeavesNothing() {
        play.woken();
        Decision end = play.ordered(new Order.GiveUp());
        assertEquals(Set.of(VersionMove.DROP_CANDIDATE), end.moves());
        assertNull(end.orphan());
        assertTrue(play.note().endsWith("Nothing had been changed at the target."), play.note());
    }

    @Test
    void givingUpInTheOverlapKeepsTheNewKeyCurrent() {
        untilTheOverlap();
        Decision end = play.ordered(new Order.GiveUp());
        assertEquals(Set.of(), end.moves());
        assertNull(end.orphan());
        assertTrue(play.note().endsWith("The new credential is current."), play.note());
    }

    @Test
    void givingUpACreateThatNobodyHeardOfSaysThatTheTargetMayHoldAKey() {
        untilCreate();
        Decision end = play.ordered(new Order.GiveUp());
        assertNull(end.orphan());
        assertTrue(play.note().endsWith("look at it before you rotate again."), play.note());
    }

    @Test
    void theFirstWayOnIsGivenByPatienceToo() {
        untilCreate();
        play.made("new");
        Decision decision = play.happens(new NotYet("RAM does not know it."));
        while (!decision.phase().equals("UNDO_INSPECT")) {
            play.passes(Duration.ofSeconds(30));
            play.woken();
            decision = play.happens(new NotYet("RAM does not know it."));
        }
        assertEquals(
                "RAM does not know it. That is so for 150 s. Rolling back: looking at the AccessKeys.", play.note());
    }

    @Test
    void aRefusalOfTheFirstChangeHasChangedNothing() {
        untilCreate();
        Decision failed = play.happens(FORBIDDEN);
        assertEquals(RotationState.FAILED, failed.state());
        assertEquals("Gyre may not do this.", failed.telling().finding());
    }

    @Test
    void aRefusalAfterAnUnclearChangeMayHaveChangedSomething() {
        untilCreate();
        play.happens(new Unclear("No answer."));
        play.done(keys("old"));
        assertEquals(new CreateKey("payments"), play.last().effect());
        assertEquals(RotationState.WAITING, play.happens(FORBIDDEN).state());
    }
}
