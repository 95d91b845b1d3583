package io.gyre.worker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Minted;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresRotationStoreTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final SecretText PASSWORD = SecretText.of("candidate-password-0123456789");

    private static World world;

    private final PostgresRotationStore store = world.store("worker-1", LEASE);
    private final PostgresRotationStore other = world.store("worker-2", LEASE);

    @BeforeAll
    static void begin() {
        world = new World();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static String unique() {
        return "s-" + UUID.randomUUID();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(World.PATIENCE);
    }

    private static Decision sleeping(Wake wake, @Nullable String note) {
        return Decision.plain(
                "SETTLE", RotationState.RUNNING, Map.of("a", "b"), 2, null, wake, new Telling(note, null, false));
    }

    private static Decision ended(RotationState state, boolean promote) {
        Set<VersionMove> moves = promote
                ? Set.of(VersionMove.PROMOTE)
                : state == RotationState.FAILED ? Set.of(VersionMove.DROP_CANDIDATE) : Set.of();
        return new Decision(
                "SUCCEEDED",
                state,
                Map.of(),
                0,
                null,
                moves,
                null,
                Duration.ZERO,
                null,
                null,
                new Telling("The end.", null, false));
    }

    private static Transition letGo(Claimed claimed, Decision decision) {
        return new Transition(claimed, decision, null, null);
    }

    private static Claimed claimedBy(RotationStore store, UUID rotation) {
        List<Claimed> claimed = await(store.claim(List.of(rotation), Set.of()));
        assertEquals(1, claimed.size());
        return claimed.get(0);
    }

    @Test
    void oneRotationIsClaimedByOneWorkerOnly() {
        UUID rotation = world.rotation(world.secret(unique()), "immediate");
        List<Claimed> first = await(store.claim(List.of(rotation), Set.of()));
        List<Claimed> second = await(other.claim(List.of(rotation), Set.of()));
        assertEquals(1, first.size());
        assertEquals(List.of(), second);
        assertEquals("app_a", first.get(0).rotation().former());
        assertEquals("app_b", first.get(0).rotation().idle());
    }

    @Test
    void aWorkerWhoseLeaseRanOutCannotCommit() {
        UUID rotation = world.rotation(world.secret(unique()), "immediate");
        Claimed claimed = claimedBy(world.store("worker-3", Duration.ZERO), rotation);
        assertFalse(await(store.commit(letGo(claimed, ended(RotationState.SUCCEEDED, true)))));
        assertEquals("REQUESTED", world.text("SELECT phase FROM rotation WHERE rotation_id = $1", rotation));
        assertEquals("0", world.text("SELECT count(*) FROM rotation_step WHERE rotation_id = $1", rotation));
    }

    @Test
    void aCommitWithAnOlderFenceWritesNothing() {
        UUID rotation = world.rotation(world.secret(unique()), "immediate");
        Claimed late = claimedBy(world.store("worker-3", Duration.ZERO), rotation);
        Claimed current = claimedBy(other, rotation);
        assertTrue(current.fence() > late.fence());
        assertFalse(await(store.commit(letGo(late, ended(RotationState.SUCCEEDED, true)))));
        assertTrue(await(other.commit(letGo(current, ended(RotationState.SUCCEEDED, false)))));
    }

    @Test
    void aCandidateIsEncryptedAndPendingUntilItsPromotion() {
        long secret = world.secret(unique());
        UUID rotation = world.rotation(secret, "immediate");
        Claimed claimed = claimedBy(store, rotation);
        Decision decision = sleeping(Wake.soon(Duration.ZERO), "Setting a new password.");
        assertTrue(await(store.commit(new Transition(claimed, decision, new Minted("app_b", PASSWORD), LEASE))));
        String query = "SELECT pending FROM secret_version WHERE secret_id = $1 AND version_id = 'v-new'";
        assertEquals("true", world.text(query, secret));
        assertEquals(PASSWORD, await(store.reveal(claimed, Credential.CANDIDATE)));
        assertFalse(world.text(
                        "SELECT encode(ciphertext, 'escape') FROM secret_version WHERE version_id = 'v-new'"
                                + " AND secret_id = $1",
                        secret)
                .contains(PASSWORD.reveal()));

        assertTrue(await(store.commit(letGo(claimed, ended(RotationState.SUCCEEDED, true)))));
        assertEquals("false", world.text(query, secret));
        String stage = "SELECT version_id FROM secret_stage WHERE secret_id = $1 AND stage = $2";
        assertEquals("v-new", world.text(stage, secret, "ACSCurrent"));
        assertEquals("v-a", world.text(stage, secret, "ACSPrevious"));
        assertEquals(
                "true",
                world.text(
                        "SELECT next_rotation_at = last_rotation_at + interval '7 days' FROM secret WHERE secret_id = $1",
                        secret));
    }

    @Test
    void aFailedAutomaticRotationDropsItsCandidateAndLeavesThePolicyInvalid() {
        long secret = world.secret(unique());
        Claimed claimed = claimedBy(store, world.rotation(secret, "automatic"));
        Decision decision = sleeping(Wake.soon(Duration.ZERO), null);
        assertTrue(await(store.commit(new Transition(claimed, decision, new Minted("app_b", PASSWORD), LEASE))));
        assertTrue(await(store.commit(letGo(claimed, ended(RotationState.FAILED, false)))));
        assertEquals("2", world.text("SELECT count(*) FROM secret_version WHERE secret_id = $1", secret));
        assertEquals("Invalid", world.text("SELECT rotation_status FROM secret WHERE secret_id = $1", secret));
    }

    @Test
    void theTimelineAndTheEventAreWrittenWithTheTransition() {
        UUID rotation = world.rotation(world.secret(unique()), "immediate");
        Claimed claimed = claimedBy(store, rotation);
        assertTrue(await(store.commit(letGo(claimed, sleeping(Wake.soon(Duration.ofHours(1)), "Waiting for RDS.")))));
        assertEquals(
                "2 SETTLE Waiting for RDS. worker-1",
                world.text(
                        "SELECT concat_ws(' ', step, phase, note, worker) FROM rotation_step WHERE rotation_id = $1",
                        rotation));
        assertEquals(
                "gyre.rotation.events io.gyre.rotation.stepped.v1 SETTLE Waiting for RDS.",
                world.text(
                        "SELECT concat_ws(' ', topic, event_type, data->>'phase', data->>'note') FROM outbox WHERE"
                                + " data->>'rotationId' = $1",
                        rotation.toString()));
    }

    @Test
    void aTransitionWithoutANoteIsNoNews() {
        UUID rotation = world.rotation(world.secret(unique()), "immediate");
        Claimed claimed = claimedBy(store, rotation);
        assertTrue(await(store.commit(letGo(claimed, sleeping(Wake.soon(Duration.ofHours(1)), null)))));
        assertEquals("1", world.text("SELECT steps FROM rotation WHERE rotation_id = $1", rotation));
        assertEquals(
                "0", world.text("SELECT count(*) FROM outbox WHERE data->>'rotationId' = $1", rotation.toString()));
    }

    @Test
    void aTimerOnTheCalendarComesDueWithTheCalendarAndNotBefore() {
        try (World fast = new World()) {
            PostgresRotationStore sleeper = fast.store("worker-1", LEASE);
            UUID rotation = fast.rotation(fast.secret(unique()), "immediate");
            Claimed claimed = claimedBy(sleeper, rotation);
            Wake overlap = new Wake(Wake.Clock.CALENDAR, Duration.ofHours(48));
            assertTrue(await(sleeper.commit(letGo(claimed, sleeping(overlap, null)))));
            fast.sql("UPDATE calendar SET calendar_origin = calendar_origin + interval '47 hours 59 minutes'");
            assertEquals(List.of(), await(sleeper.claimDue(10, Set.of())));
            fast.sql("UPDATE calendar SET calendar_origin = calendar_origin + interval '1 minute'");
            assertEquals(1, await(sleeper.claimDue(10, Set.of())).size());
        }
    }

    @Test
    void whatADeadWorkerHeldComesDueByItself() {
        try (World fresh = new World()) {
            UUID rotation = fresh.rotation(fresh.secret(unique()), "immediate");
            claimedBy(fresh.store("worker-1", LEASE), rotation);
            RotationStore survivor = fresh.store("worker-2", LEASE);
            assertEquals(List.of(), await(survivor.claimDue(10, Set.of())));
            fresh.leaseRunsOut(rotation);
            assertEquals(1, await(survivor.claimDue(10, Set.of())).size());
        }
    }

    @Test
    void manyTransitionsAtOnceAreEachCommittedOnce() {
        List<UUID> rotations = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rotations.add(world.rotation(world.secret(unique()), "immediate"));
        }
        List<Claimed> claimed = await(store.claim(rotations, Set.of()));
        List<Uni<Boolean>> commits = new ArrayList<>();
        for (Claimed each : claimed) {
            commits.add(store.commit(letGo(each, ended(RotationState.SUCCEEDED, false))));
        }
        Set<Boolean> outcomes = new HashSet<>(await(Uni.join().all(commits).andFailFast()));
        assertEquals(300, claimed.size());
        assertEquals(Set.of(true), outcomes);
        assertEquals(
                "300",
                world.text(
                        "SELECT count(*) FROM rotation WHERE rotation_id = ANY ($1) AND state = 'Succeeded' AND steps = 2",
                        (Object) rotations.toArray(UUID[]::new)));
    }
}
