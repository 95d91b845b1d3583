package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.StoreUnderTest.Seen;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Happening.Ordered;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.Order;
import io.gyre.worker.machine.Orphan;
import io.gyre.worker.machine.Telling;
import io.gyre.worker.machine.VersionMove;
import io.gyre.worker.machine.Wake;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the engine relies on, whatever its rotations are kept in. */
public abstract class RotationStoreConformance {
    protected static final Duration LEASE = Duration.ofMinutes(1);
    protected static final SecretText PASSWORD = SecretText.of("candidate-password-0123456789");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PER_TARGET = 1_000;
    private static final Set<String> NONE = Set.of();

    /** May hold the rotations of other tests. */
    protected abstract StoreUnderTest shared();

    /** Holds nothing. */
    protected abstract StoreUnderTest fresh();

    protected final RotationStore store(String worker) {
        return shared().store(worker, LEASE, PER_TARGET);
    }

    protected final UUID rotation(Trigger trigger) {
        return shared().rotation(trigger, "rm-1");
    }

    protected static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    protected static Claimed claimedBy(RotationStore store, UUID rotation) {
        List<Claimed> claimed = await(store.claim(List.of(rotation), NONE));
        assertEquals(1, claimed.size(), "how many were claimed");
        return claimed.get(0);
    }

    private static Decision decision(
            RotationState state,
            Set<VersionMove> moves,
            @Nullable Orphan orphan,
            @Nullable Wake wake,
            Telling telling) {
        return new Decision(
                "SETTLE", state, Map.of("a", "b"), 2, null, moves, orphan, Duration.ZERO, null, wake, telling);
    }

    protected static Decision sleeping(Wake wake, @Nullable String note) {
        return decision(RotationState.RUNNING, Set.of(), null, wake, new Telling(note, null, false));
    }

    private static Decision moving(VersionMove... moves) {
        return decision(
                RotationState.RUNNING,
                Set.of(moves),
                null,
                Wake.soon(Duration.ZERO),
                new Telling("On the way.", null, false));
    }

    protected static Decision ended(RotationState state, VersionMove... moves) {
        return decision(state, Set.of(moves), null, null, new Telling("The end.", null, false));
    }

    private static Decision knowing(Orphan orphan) {
        return decision(
                RotationState.RUNNING,
                Set.of(),
                orphan,
                Wake.soon(Duration.ZERO),
                new Telling("On the way.", null, false));
    }

    /** Commits and lets go. @return whether it was applied */
    protected static boolean commit(RotationStore store, Claimed claimed, Decision decision) {
        return await(store.commit(new Transition(claimed, decision, null, null)));
    }

    /** Commits a candidate, and goes on holding the lease. @return as what the rotation is held now */
    protected static Claimed withCandidate(RotationStore store, Claimed claimed, SecretText value) {
        assertTrue(await(store.commit(candidate(claimed, value))), "whether it was applied");
        return claimed.as(claimed.rotation());
    }

    private static Transition candidate(Claimed claimed, SecretText value) {
        Decision decision = sleeping(Wake.soon(Duration.ZERO), "Setting a new password.");
        return new Transition(claimed, decision, new Minted("app_b", value), LEASE);
    }

    @Test
    void oneRotationIsClaimedByOneWorkerOnly() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        Claimed first = claimedBy(store("worker-1"), rotation);
        assertEquals(List.of(), await(store("worker-2").claim(List.of(rotation), NONE)));
        assertEquals("REQUESTED", first.rotation().phase());
        assertEquals("app_a", first.rotation().former());
        assertEquals("app_b", first.rotation().idle());
        assertNull(first.rotation().candidate());
        assertNull(first.order());
    }

    @Test
    void whatATargetThatIsBusyAnswersForIsLeftAlone() {
        try (StoreUnderTest world = fresh()) {
            RotationStore store = world.store("worker-1", LEASE, PER_TARGET);
            UUID busy = world.rotation(Trigger.IMMEDIATE, "rm-busy");
            UUID free = world.rotation(Trigger.IMMEDIATE, "rm-free");
            assertEquals(List.of(), await(store.claim(List.of(busy), Set.of("rm-busy"))));
            List<Claimed> due = await(store.claimDue(10, Set.of("rm-busy")));
            assertEquals(1, due.size());
            assertEquals(free, due.get(0).rotation().id());
            assertEquals("rm-free", due.get(0).targetKey());
        }
    }

    @Test
    void whatIsDueIsClaimedUpToALimitAndNotManyOfOneTarget() {
        try (StoreUnderTest world = fresh()) {
            for (int i = 0; i < 5; i++) {
                world.rotation(Trigger.IMMEDIATE, "rm-same");
            }
            world.rotation(Trigger.IMMEDIATE, "rm-other");
            RotationStore store = world.store("worker-1", LEASE, 2);
            assertEquals(3, await(store.claimDue(10, NONE)).size());
            assertEquals(1, await(store.claimDue(1, NONE)).size());
        }
    }

    @Test
    void aWorkerWhoseLeaseRanOutCannotCommit() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore late = shared().store("worker-3", Duration.ZERO, PER_TARGET);
        Claimed claimed = claimedBy(late, rotation);
        assertFalse(commit(late, claimed, ended(RotationState.SUCCEEDED, VersionMove.PROMOTE)));
        Seen seen = shared().look(rotation);
        assertEquals("REQUESTED", seen.phase());
        assertEquals(List.of(), seen.timeline());
        assertEquals(List.of(), seen.events());
        assertEquals(Map.of("ACSCurrent", "v-a", "ACSPrevious", "v-b"), seen.stages());
    }

    @Test
    void aCommitWithAnOlderFenceWritesNothing() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        Claimed late = claimedBy(shared().store("worker-3", Duration.ZERO, PER_TARGET), rotation);
        RotationStore other = store("worker-2");
        Claimed current = claimedBy(other, rotation);
        assertTrue(current.fence() > late.fence());
        assertFalse(commit(other, late, ended(RotationState.SUCCEEDED, VersionMove.PROMOTE)));
        assertTrue(commit(other, current, ended(RotationState.SUCCEEDED)));
    }

    @Test
    void aCommitThatHoldsOnKeepsOthersOut() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed claimed = withCandidate(store, claimedBy(store, rotation), PASSWORD);
        assertEquals(List.of(), await(store("worker-2").claim(List.of(rotation), NONE)));
        assertTrue(commit(store, claimed, moving()));
        assertEquals(claimed.fence() + 1, claimedBy(store("worker-2"), rotation).fence());
    }

    @Test
    void aCandidateIsHiddenUntilItsPromotion() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed before = claimedBy(store, rotation);
        assertThrows(RuntimeException.class, () -> await(store.reveal(before, Credential.CANDIDATE)));
        Claimed claimed = withCandidate(store, before, PASSWORD);
        assertEquals(true, shared().look(rotation).pending().get("new"));
        assertEquals(PASSWORD, await(store.reveal(claimed, Credential.CANDIDATE)));

        assertTrue(commit(store, claimed, ended(RotationState.SUCCEEDED, VersionMove.PROMOTE)));
        Seen seen = shared().look(rotation);
        assertEquals(false, seen.pending().get("new"));
        assertEquals(Map.of("ACSCurrent", "new", "ACSPrevious", "v-a"), seen.stages());
    }

    @Test
    void aCommitThatIsSentAgainIsToldOnce() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed claimed = claimedBy(store, rotation);
        Claimed held = withCandidate(store, claimed, PASSWORD);
        assertTrue(await(store.commit(candidate(claimed, PASSWORD))));
        assertTrue(commit(store, held, ended(RotationState.SUCCEEDED, VersionMove.PROMOTE)));
        assertTrue(commit(store, held, ended(RotationState.SUCCEEDED, VersionMove.PROMOTE)));
        Seen seen = shared().look(rotation);
        assertEquals(2, seen.timeline().size());
        assertEquals(2, seen.events().size());
        assertEquals("new", seen.stages().get("ACSCurrent"));
        assertEquals("v-a", seen.stages().get("ACSPrevious"));
    }

    @Test
    void aRefusedCandidateMakesWayForAnotherOne() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed claimed = withCandidate(store, claimedBy(store, rotation), SecretText.of("refused"));
        claimed = withCandidate(store, claimed, PASSWORD);
        assertEquals(PASSWORD, await(store.reveal(claimed, Credential.CANDIDATE)));
        assertTrue(commit(store, claimed, moving()));
        assertEquals("app_b", claimedBy(store("worker-2"), rotation).rotation().candidate());
    }

    @Test
    void whatIsTakenBackIsFormerAgain() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed claimed = withCandidate(store, claimedBy(store, rotation), PASSWORD);
        assertTrue(commit(store, claimed, moving(VersionMove.PROMOTE)));
        Claimed again = claimedBy(store, rotation);
        assertTrue(commit(store, again, moving(VersionMove.DEMOTE)));
        assertEquals(
                Map.of("ACSCurrent", "v-a", "ACSPrevious", "new"),
                shared().look(rotation).stages());
        Claimed last = claimedBy(store, rotation);
        assertTrue(commit(store, last, ended(RotationState.FAILED, VersionMove.DROP_CANDIDATE)));
        Seen seen = shared().look(rotation);
        assertEquals(Map.of("ACSCurrent", "v-a"), seen.stages());
        assertEquals(Set.of("v-a", "v-b"), seen.pending().keySet());
    }

    @Test
    void whatIsCurrentIsNeverDropped() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed claimed = withCandidate(store, claimedBy(store, rotation), PASSWORD);
        assertTrue(
                commit(store, claimed, ended(RotationState.FAILED, VersionMove.PROMOTE, VersionMove.DROP_CANDIDATE)));
        assertEquals("new", shared().look(rotation).stages().get("ACSCurrent"));
    }

    @Test
    void aFormerCredentialThatIsGoneLeavesWithItsLabel() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed claimed = withCandidate(store, claimedBy(store, rotation), PASSWORD);
        assertTrue(commit(store, claimed, moving(VersionMove.PROMOTE)));
        Claimed again = claimedBy(store, rotation);
        assertTrue(commit(store, again, ended(RotationState.SUCCEEDED, VersionMove.FORGET_FORMER)));
        Seen seen = shared().look(rotation);
        assertEquals(Map.of("ACSCurrent", "new"), seen.stages());
        assertEquals(Set.of("new", "v-b"), seen.pending().keySet());
    }

    @Test
    void aCandidateThatTheTargetMayHoldIsKeptWithoutALabel() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed claimed = withCandidate(store, claimedBy(store, rotation), PASSWORD);
        assertTrue(commit(store, claimed, ended(RotationState.FAILED, VersionMove.KEEP_CANDIDATE)));
        Seen seen = shared().look(rotation);
        assertEquals(false, seen.pending().get("new"));
        assertEquals(Map.of("ACSCurrent", "v-a", "ACSPrevious", "v-b"), seen.stages());
    }

    @Test
    void aFailedAutomaticRotationDropsItsCandidateAndLeavesThePolicyInvalid() {
        UUID rotation = rotation(Trigger.AUTOMATIC);
        RotationStore store = store("worker-1");
        Claimed claimed = withCandidate(store, claimedBy(store, rotation), PASSWORD);
        assertTrue(commit(store, claimed, ended(RotationState.FAILED, VersionMove.DROP_CANDIDATE)));
        Seen seen = shared().look(rotation);
        assertEquals(Set.of("v-a", "v-b"), seen.pending().keySet());
        assertEquals("Invalid", seen.rotationStatus());
    }

    @Test
    void whatSomebodyAskedForAndFailedLeavesThePolicyAsItIs() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        assertTrue(commit(store, claimedBy(store, rotation), ended(RotationState.FAILED)));
        assertEquals("Enabled", shared().look(rotation).rotationStatus());
    }

    @Test
    void theTimelineAndTheEventAreWrittenWithTheTransition() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Wake later = Wake.soon(Duration.ofHours(1));
        assertTrue(commit(store, claimedBy(store, rotation), sleeping(later, "Waiting for RDS.")));
        Seen seen = shared().look(rotation);
        assertEquals(List.of("2 SETTLE Waiting for RDS. worker-1"), seen.timeline());
        assertEquals(List.of("io.gyre.rotation.stepped.v1 SETTLE Waiting for RDS."), seen.events());
    }

    @Test
    void aWarningIsAnEventOfItsOwnType() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Decision warned = decision(
                RotationState.RUNNING,
                Set.of(),
                null,
                Wake.soon(Duration.ofHours(1)),
                new Telling("The former key is in use.", null, true));
        assertTrue(commit(store, claimedBy(store, rotation), warned));
        assertEquals(
                List.of("io.gyre.rotation.warned.v1 SETTLE The former key is in use."),
                shared().look(rotation).events());
    }

    @Test
    void aTransitionWithoutANoteIsNoNews() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        assertTrue(commit(store, claimedBy(store, rotation), sleeping(Wake.soon(Duration.ofHours(1)), null)));
        assertEquals(List.of(), shared().look(rotation).timeline());
        assertEquals(List.of(), shared().look(rotation).events());
    }

    @Test
    void whatSleepsIsNotClaimedBeforeItsTime() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        assertTrue(commit(store, claimedBy(store, rotation), sleeping(Wake.soon(Duration.ofHours(1)), null)));
        assertEquals(List.of(), await(store.claim(List.of(rotation), NONE)));
    }

    @Test
    void aTimerOnTheCalendarComesDueWithTheCalendarAndNotBefore() {
        try (StoreUnderTest world = fresh()) {
            RotationStore store = world.store("worker-1", LEASE, PER_TARGET);
            UUID rotation = world.rotation(Trigger.IMMEDIATE, "rm-1");
            Wake overlap = new Wake(Wake.Clock.CALENDAR, Duration.ofHours(48));
            assertTrue(commit(store, claimedBy(store, rotation), sleeping(overlap, null)));
            world.calendarMoves(Duration.ofHours(47).plusMinutes(59));
            assertEquals(List.of(), await(store.claimDue(10, NONE)));
            world.calendarMoves(Duration.ofMinutes(1));
            assertEquals(1, await(store.claimDue(10, NONE)).size());
        }
    }

    @Test
    void whatADeadWorkerHeldComesDueByItself() {
        try (StoreUnderTest world = fresh()) {
            UUID rotation = world.rotation(Trigger.IMMEDIATE, "rm-1");
            claimedBy(world.store("worker-1", LEASE, PER_TARGET), rotation);
            RotationStore survivor = world.store("worker-2", LEASE, PER_TARGET);
            assertEquals(List.of(), await(survivor.claimDue(10, NONE)));
            world.leaseRunsOut(rotation);
            assertEquals(1, await(survivor.claimDue(10, NONE)).size());
        }
    }

    @Test
    void whatIsGivenBackIsClaimedByAnotherAtOnceAndNotMovedByTheFirst() {
        try (StoreUnderTest world = fresh()) {
            UUID rotation = world.rotation(Trigger.IMMEDIATE, "rm-1");
            RotationStore first = world.store("worker-1", LEASE, PER_TARGET);
            RotationStore second = world.store("worker-2", LEASE, PER_TARGET);
            Claimed held = withCandidate(first, claimedBy(first, rotation), PASSWORD);
            assertEquals(List.of(), await(second.claimDue(10, NONE)));
            await(first.giveBack(held));
            List<Claimed> due = await(second.claimDue(10, NONE));
            assertEquals(1, due.size());
            assertEquals("app_b", due.get(0).rotation().candidate());
            assertFalse(commit(first, held, ended(RotationState.SUCCEEDED)));
        }
    }

    @Test
    void whatIsAnothersIsNotGivenBack() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        Claimed late = claimedBy(shared().store("worker-3", Duration.ZERO, PER_TARGET), rotation);
        claimedBy(store("worker-2"), rotation);
        await(store("worker-3").giveBack(late));
        assertEquals(List.of(), await(store("worker-1").claim(List.of(rotation), NONE)));
    }

    @Test
    void whatSleepsIsNotWokenByGivingItBack() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed claimed = claimedBy(store, rotation);
        assertTrue(commit(store, claimed, sleeping(Wake.soon(Duration.ofHours(1)), null)));
        await(store.giveBack(claimed));
        assertEquals(List.of(), await(store.claim(List.of(rotation), NONE)));
    }

    @Test
    void whatHasEndedOrWaitsForAPersonIsNotClaimed() {
        RotationStore store = store("worker-1");
        for (RotationState state : List.of(RotationState.SUCCEEDED, RotationState.FAILED, RotationState.WAITING)) {
            UUID rotation = rotation(Trigger.IMMEDIATE);
            assertTrue(commit(store, claimedBy(store, rotation), ended(state)));
            assertEquals(state.label(), shared().look(rotation).state());
            assertEquals(List.of(), await(store.claim(List.of(rotation), NONE)));
        }
    }

    @Test
    void anOrderComesWithTheNextClaimAndIsAnsweredByItsCommit() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        assertTrue(commit(store, claimedBy(store, rotation), ended(RotationState.WAITING)));
        shared().order(rotation, new Order.Extend(Duration.ofHours(3)), "somebody");
        Claimed ordered = claimedBy(store, rotation);
        assertEquals(new Ordered(new Order.Extend(Duration.ofHours(3)), "somebody"), ordered.order());
        assertTrue(commit(store, ordered, moving()));
        assertNull(claimedBy(store, rotation).order());
    }

    @Test
    void anOrderThatCameWhileItWasHeldMakesItDueAtOnce() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        Claimed before = claimedBy(store, rotation);
        shared().order(rotation, new Order.Retry(), "somebody");
        assertTrue(commit(store, before, sleeping(Wake.soon(Duration.ofHours(1)), null)));
        assertEquals(
                new Ordered(new Order.Retry(), "somebody"),
                claimedBy(store, rotation).order());
    }

    @Test
    void anOrphanIsListedUntilItIsGone() {
        UUID rotation = rotation(Trigger.IMMEDIATE);
        RotationStore store = store("worker-1");
        assertTrue(commit(store, claimedBy(store, rotation), knowing(new Orphan("LTAIlost", false))));
        assertEquals(Set.of("LTAIlost"), shared().look(rotation).orphans());
        Claimed later = claimedBy(store, rotation);
        assertEquals(Set.of("LTAIlost"), later.rotation().leftovers());
        assertTrue(commit(store, later, knowing(new Orphan("LTAIother", true))));
        Claimed last = claimedBy(store, rotation);
        assertTrue(commit(store, last, knowing(new Orphan("LTAIlost", true))));
        assertEquals(Set.of(), shared().look(rotation).orphans());
        assertEquals(Set.of(), claimedBy(store, rotation).rotation().leftovers());
    }

    @Test
    void manyTransitionsAtOnceAreEachCommittedOnce() {
        RotationStore store = store("worker-1");
        List<UUID> rotations = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rotations.add(rotation(Trigger.IMMEDIATE));
        }
        List<Claimed> claimed = await(store.claim(rotations, NONE));
        List<Uni<Boolean>> commits = new ArrayList<>();
        for (Claimed each : claimed) {
            commits.add(store.commit(new Transition(each, ended(RotationState.SUCCEEDED), null, null)));
        }
        Set<Boolean> outcomes = new HashSet<>(await(Uni.join().all(commits).andFailFast()));
        assertEquals(300, claimed.size());
        assertEquals(Set.of(true), outcomes);
        for (UUID each : List.of(rotations.get(0), rotations.get(150), rotations.get(299))) {
            assertEquals(
                    List.of("2 SETTLE The end. worker-1"), shared().look(each).timeline());
        }
    }
}
