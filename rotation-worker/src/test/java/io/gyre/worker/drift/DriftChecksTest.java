package io.gyre.worker.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.gyre.event.SecretDrift;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.engine.Ticks;
import io.gyre.worker.engine.Unlimited;
import io.gyre.worker.engine.World;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Remedy;
import io.gyre.worker.verdict.RdsLooks;
import io.gyre.worker.verdict.Standing;
import io.gyre.worker.verdict.Verdict;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The looks on a real database, at a target that a test plays. */
class DriftChecksTest {
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private static final Duration DAY = Duration.ofDays(1);
    private static final Outcome REFUSED = new NotYet("A login as app_a is refused (SQLSTATE 28P01).");

    private final World world = new World();
    private final List<Effect> looked = new CopyOnWriteArrayList<>();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile Outcome login = Done.plain();
    private volatile Runnable duringALogin = () -> {};
    private volatile Runnable beforeASecondLook = () -> {};
    private final AtomicInteger secondLooks = new AtomicInteger();

    /** Nobody waits for a second look in this test: its time has come at once. */
    private final Ticks ticks = new Ticks() {
        private final Ticks real = world.ticks();

        @Override
        public long nanos() {
            return real.nanos();
        }

        @Override
        public void after(Duration delay, Runnable task) {
            if (delay.equals(DriftChecks.CONFIRMED_AFTER)) {
                real.after(Duration.ZERO, () -> {
                    beforeASecondLook.run();
                    task.run();
                    secondLooks.incrementAndGet();
                });
            } else {
                real.after(delay, task);
            }
        }
    };

    @AfterEach
    void end() {
        world.close();
    }

    private Uni<Outcome> target(Effect effect, Map<Credential, SecretText> credentials) {
        looked.add(effect);
        if (effect instanceof InspectAccount) {
            return Uni.createFrom().item(Done.with(Map.of(RdsRotation.HOST, "127.0.0.1", RdsRotation.PORT, "5432")));
        }
        if (effect instanceof ProveLogin proof) {
            boolean current = proof.which() == Credential.FORMER;
            assertEquals(
                    "old password of " + (current ? "app_a" : "app_b"),
                    credentials.get(proof.which()).reveal());
            return Uni.createFrom()
                    .item(() -> {
                        duringALogin.run();
                        return current ? login : Done.plain();
                    })
                    .runSubscriptionOn(world.executor);
        }
        throw new AssertionError("A look changed the target: " + effect);
    }

    private DriftChecks checks(String worker, Duration every) {
        return new DriftChecks(
                new Counted(new PostgresDriftStore(world.pool, world.envelope, worker, List.of("rds"))),
                Map.of("rds", new RotationType("rds", new RdsRotation(), this::target)),
                Map.of("rds", new RdsLooks()),
                every,
                new Unlimited(),
                ticks,
                world.executor,
                RandomGenerator.getDefault());
    }

    /** Knows when a verdict was written, or was not since it came too late. */
    private final class Counted implements DriftStore {
        private final DriftStore store;

        Counted(DriftStore store) {
            this.store = store;
        }

        @Override
        public Uni<List<Claim>> claimAsked(int limit) {
            return store.claimAsked(limit);
        }

        @Override
        public Uni<List<Claim>> claimDue(int limit, Duration every) {
            return store.claimDue(limit, every);
        }

        @Override
        public Uni<SecretText> reveal(Claim claim, Credential which) {
            return store.reveal(claim, which);
        }

        @Override
        public Uni<Void> write(Claim claim, Verdict verdict, Standing.Next next, Duration every) {
            return store.write(claim, verdict, next, every).invoke(writes::incrementAndGet);
        }
    }

    private void checking(Duration every, Runnable test) {
        DriftChecks checks = checks("worker-1", every);
        checks.start();
        test.run();
        checks.drain();
    }

    private String of(long secret, String column) {
        return world.text("SELECT " + column + " FROM drift_check WHERE secret_id = $1", secret);
    }

    private void due(long secret) {
        world.sql(
                "UPDATE drift_check SET due_clock = 'calendar', due_at = calendar_now() - interval '1 hour'"
                        + " WHERE secret_id = $1",
                secret);
    }

    private void awaitLooks(long secret, String looks) {
        world.await("look " + looks, () -> of(secret, "looks").equals(looks));
    }

    private String events(long secret) {
        return world.text(
                "SELECT coalesce(string_agg(o.event_type || ' ' || o.topic, ', ' ORDER BY o.outbox_id), '') FROM outbox o"
                        + " JOIN secret s ON s.arn = o.record_key WHERE s.secret_id = $1",
                secret);
    }

    @Test
    void aSecretThatIsNewGetsAPlaceInTheIntervalAndIsNotLookedAtBefore() {
        long first = world.secret("s-1");
        long second = world.secret("s-2");
        checking(
                DAY,
                () -> world.await(
                        "both places",
                        () -> !of(first, "coalesce(due_clock, '')").isEmpty()
                                && !of(second, "coalesce(due_clock, '')").isEmpty()));
        for (long secret : new long[] {first, second}) {
            assertEquals(
                    "true",
                    of(
                            secret,
                            "due_clock = 'calendar' AND due_at > calendar_now() AND due_at <= calendar_now() + interval '1 day'"));
            assertEquals("Unknown", of(secret, "state"));
        }
        assertTrue(looked.isEmpty());
        String apart = world.text(
                "SELECT abs(extract(epoch FROM (SELECT due_at FROM drift_check WHERE secret_id = $1)"
                        + " - (SELECT due_at FROM drift_check WHERE secret_id = $2))) > 3600",
                first,
                second);
        assertEquals("true", apart, "secrets that come about together are not looked at together");
    }

    @Test
    void itsPlaceIsTheSameTimeOfEachInterval() {
        long secret = world.secret("s");
        checking(DAY, () -> {
            world.await(
                    "its place", () -> !of(secret, "coalesce(due_clock, '')").isEmpty());
            String place = of(secret, "due_at");
            due(secret);
            awaitLooks(secret, "1");
            assertEquals(place, of(secret, "due_at"));
        });
        assertEquals("Good", of(secret, "state"));
        assertEquals("", events(secret));
        assertEquals(
                List.of(InspectAccount.class, ProveLogin.class, ProveLogin.class),
                looked.stream().map(Object::getClass).toList());
        assertEquals(new InspectAccount(new Account("rm-1", "app_a")), looked.get(0));
    }

    @Test
    void whatTheTargetRefusesIsWrittenAndToldInOneTransactionAndNothingIsMended() throws Exception {
        login = REFUSED;
        long secret = world.secret("s");
        due(secret);
        checking(DAY, () -> awaitLooks(secret, "1"));
        assertEquals("Drifted", of(secret, "state"));
        assertEquals("A login as app_a is refused (SQLSTATE 28P01).", of(secret, "seen"));
        assertEquals("true", of(secret, "since IS NOT NULL AND looked_at IS NOT NULL AND decided_at IS NOT NULL"));
        assertEquals("io.gyre.secret.drifted.v1 gyre.rotation.events", events(secret));
        SecretDrift told = JSON.readValue(world.text("SELECT data FROM outbox"), SecretDrift.class);
        assertEquals("acs:kms:cn-hangzhou:1:secret/s", told.secretArn());
        assertEquals(
                "Drifted Rds v-a worker-1",
                String.join(" ", told.state(), told.secretType(), told.versionId(), told.worker()));
        assertEquals(of(secret, "seen"), told.seen());
        assertEquals(of(secret, "means"), told.means());
        assertEquals(of(secret, "remedy"), told.remedy());
        assertEquals("0", world.text("SELECT count(*) FROM rotation"));
    }

    private long logins() {
        return looked.stream().filter(InspectAccount.class::isInstance).count();
    }

    @Test
    void whatASecondLookDoesNotSeeIsNoFinding() {
        login = REFUSED;
        beforeASecondLook = () -> login = Done.plain();
        long secret = world.secret("s");
        due(secret);
        checking(DAY, () -> awaitLooks(secret, "1"));
        assertEquals("Good", of(secret, "state"));
        assertEquals("", events(secret));
        assertEquals(2, logins());
    }

    @Test
    void aSecondLookThatProvesNothingIsNoFindingEither() {
        login = REFUSED;
        beforeASecondLook = () -> login = new Refused(Remedy.RETRY, "NotReached", "The database was not reached.");
        long secret = world.secret("s");
        due(secret);
        checking(DAY, () -> awaitLooks(secret, "1"));
        assertEquals("Unknown 1", of(secret, "concat_ws(' ', state, failures)"));
        assertEquals("", events(secret));
    }

    @Test
    void whatIsSeenForTheFirstTimeIsLookedAtTwiceAndWhatIsKnownOnce() {
        login = REFUSED;
        long secret = world.secret("s");
        due(secret);
        checking(DAY, () -> {
            awaitLooks(secret, "1");
            assertEquals(2, logins());
            due(secret);
            awaitLooks(secret, "2");
            assertEquals(3, logins());
        });
    }

    @Test
    void whoeverAsksIsToldWhatOneLookSaw() {
        login = REFUSED;
        beforeASecondLook = () -> login = Done.plain();
        long secret = world.secret("s");
        world.sql(
                "UPDATE drift_check SET asked_at = clock_timestamp(), claim = claim + 1 WHERE secret_id = $1", secret);
        checking(DAY, () -> awaitLooks(secret, "1"));
        assertEquals("Drifted", of(secret, "state"));
        assertEquals(1, logins());
    }

    @Test
    void aWorkerThatEndsBeforeTheSecondLookLeavesItToTheEndOfItsClaim() {
        login = REFUSED;
        long secret = world.secret("s");
        due(secret);
        DriftChecks checks = checks("worker-1", DAY);
        beforeASecondLook = checks::drain;
        checks.start();
        world.await("the time of the second look", () -> secondLooks.get() == 1);
        assertEquals("0 operational", of(secret, "concat_ws(' ', looks, due_clock)"));
        assertEquals(1, logins());
    }

    @Test
    void theSameFindingIsToldOnceAndItsEndIsToldToo() {
        login = REFUSED;
        long secret = world.secret("s");
        due(secret);
        checking(DAY, () -> {
            awaitLooks(secret, "1");
            due(secret);
            awaitLooks(secret, "2");
            assertEquals("io.gyre.secret.drifted.v1 gyre.rotation.events", events(secret));
            login = Done.plain();
            due(secret);
            awaitLooks(secret, "3");
        });
        assertEquals("Good", of(secret, "state"));
        assertEquals("true", of(secret, "seen IS NULL AND means IS NULL AND remedy IS NULL"));
        assertEquals(
                "io.gyre.secret.drifted.v1 gyre.rotation.events, io.gyre.secret.drift-cleared.v1 gyre.rotation.events",
                events(secret));
    }

    @Test
    void aTargetThatIsAwayIsToldAsSuchAndLookedAtSoon() {
        login = new Refused(Remedy.RETRY, "NotReached", "The database was not reached.");
        long secret = world.secret("s");
        due(secret);
        checking(DAY, () -> awaitLooks(secret, "1"));
        assertEquals("Unknown 1 The database was not reached.", of(secret, "concat_ws(' ', state, failures, problem)"));
        assertEquals(
                "true",
                of(
                        secret,
                        "due_clock = 'operational' AND due_at <= clock_timestamp() + interval '1 minute' AND decided_at IS NULL"));
        assertEquals("", events(secret));
    }

    @Test
    void whereALookProvesNothingForTheFifthTimeThatIsToldOnce() {
        login = new Refused(Remedy.RETRY, "NotReached", "The database was not reached.");
        long secret = world.secret("s");
        world.sql("UPDATE drift_check SET failures = 4 WHERE secret_id = $1", secret);
        due(secret);
        checking(DAY, () -> {
            awaitLooks(secret, "1");
            due(secret);
            awaitLooks(secret, "2");
        });
        assertEquals("Unchecked", of(secret, "state"));
        assertEquals("io.gyre.secret.drift-unchecked.v1 gyre.rotation.events", events(secret));
    }

    @Test
    void aSecretThatIsBeingRotatedIsPutOffToItsNextPlace() {
        long rotating = world.secret("rotating");
        UUID unused = world.rotation(rotating, "immediate");
        long other = world.secret("other");
        due(rotating);
        due(other);
        checking(DAY, () -> {
            awaitLooks(other, "1");
            world.await("the next place", () -> of(rotating, "due_at > calendar_now()")
                    .equals("true"));
        });
        assertEquals("0 calendar", of(rotating, "concat_ws(' ', looks, due_clock)"));
    }

    @Test
    void whatCannotBeUsedIsNotLookedAt() {
        long deleted = world.secret("deleted");
        world.sql(
                "UPDATE secret SET deletion_planned_at = calendar_now() + interval '7 days' WHERE secret_id = $1",
                deleted);
        due(deleted);
        checking(
                DAY,
                () -> world.await("the next place", () -> of(deleted, "due_at > calendar_now()")
                        .equals("true")));

        long secret = world.secret("s");
        for (String unusable : List.of(
                "UPDATE kms_key SET key_state = 'Disabled'",
                "UPDATE kms_instance SET expires_at = calendar_now() - interval '1 hour'")) {
            world.sql("UPDATE kms_key SET key_state = 'Enabled'");
            world.sql(unusable);
            due(secret);
            checking(
                    DAY,
                    () -> world.await("the next place", () -> of(secret, "due_at > calendar_now()")
                            .equals("true")));
        }
        assertTrue(looked.isEmpty());
    }

    @Test
    void whatWasSeenWhileARotationBeganIsNotWritten() {
        login = REFUSED;
        long secret = world.secret("s");
        duringALogin = () -> {
            duringALogin = () -> {};
            UUID unused = world.rotation(secret, "immediate");
        };
        due(secret);
        checking(DAY, () -> world.await("the verdict", () -> writes.get() == 1));
        assertEquals("Unknown 0", of(secret, "concat_ws(' ', state, looks)"));
        assertEquals("", events(secret));
    }

    @Test
    void whatWasSeenBeforeAnotherRotationEndedIsNotWrittenEither() {
        login = REFUSED;
        long secret = world.secret("s");
        duringALogin = () -> {
            duringALogin = () -> {};
            UUID rotation = world.rotation(secret, "immediate");
            world.sql(
                    "UPDATE rotation SET state = 'Failed', ended_at = calendar_now(), wake_at = NULL, wake_clock = NULL"
                            + " WHERE rotation_id = $1",
                    rotation);
        };
        due(secret);
        checking(DAY, () -> world.await("the verdict", () -> writes.get() == 1));
        assertEquals("Unknown 0", of(secret, "concat_ws(' ', state, looks)"));
    }

    @Test
    void whereLooksAreOffOneComesForWhoeverAsksAndNoOther() {
        long silent = world.secret("silent");
        due(silent);
        long asked = world.secret("asked");
        world.sql("UPDATE drift_check SET asked_at = clock_timestamp(), claim = claim + 1 WHERE secret_id = $1", asked);
        checking(Duration.ZERO, () -> awaitLooks(asked, "1"));
        assertEquals("Good t", of(asked, "concat_ws(' ', state, asked_at IS NULL AND due_at IS NULL)"));
        assertEquals("0", of(silent, "looks"));
    }

    @Test
    void aLookThatBeganBeforeTheQuestionIsNotItsAnswer() {
        login = REFUSED;
        long secret = world.secret("s");
        duringALogin = () -> {
            duringALogin = () -> {};
            login = Done.plain();
            world.sql(
                    "UPDATE drift_check SET asked_at = clock_timestamp(), claim = claim + 1 WHERE secret_id = $1",
                    secret);
        };
        due(secret);
        checking(DAY, () -> awaitLooks(secret, "1"));
        assertEquals("Good", of(secret, "state"));
        assertEquals("", events(secret));
    }

    @Test
    void severalWorkersShareTheLooks() {
        int secrets = 30;
        for (int i = 0; i < secrets; i++) {
            due(world.secret("s-" + i));
        }
        DriftChecks first = checks("worker-1", DAY);
        DriftChecks second = checks("worker-2", DAY);
        first.start();
        second.start();
        world.await("all looks", () -> world.text("SELECT count(*) FROM drift_check WHERE looks = 1")
                .equals("30"));
        first.drain();
        second.drain();
        assertEquals(
                secrets,
                looked.stream().filter(InspectAccount.class::isInstance).count(),
                "none is looked at twice");
    }

    @Test
    void aSecretWhoseWorkerDiedInALookComesDueByItsLease() {
        long secret = world.secret("s");
        world.sql(
                "UPDATE drift_check SET claim = 7, claimed_at = calendar_now() - interval '1 minute',"
                        + " due_clock = 'operational', due_at = clock_timestamp() WHERE secret_id = $1",
                secret);
        checking(DAY, () -> awaitLooks(secret, "1"));
        assertEquals("8", of(secret, "claim"));
    }
}
