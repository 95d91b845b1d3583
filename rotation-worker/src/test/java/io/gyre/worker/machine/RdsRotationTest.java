package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.AwaitAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.ProveLoginRefused;
import io.gyre.worker.machine.RdsEffect.ResetPassword;
import io.gyre.worker.machine.RdsEffect.Server;
import io.gyre.worker.machine.RdsEffect.TryBoth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RdsRotationTest {
    private static final Map<String, String> INSTANCE = Map.of("DBInstanceId", "rm-1");
    private static final Map<String, String> ENDPOINT = Map.of(RdsRotation.HOST, "127.0.0.1", RdsRotation.PORT, "5432");

    private static final Server SERVER = new Server("127.0.0.1", 5432);

    private final Play dual = new Play(new RdsRotation(), "DoubleUsers", INSTANCE, "app_a", "app_b");
    private final Play single = new Play(new RdsRotation(), "SingleUser", INSTANCE, "app", null);

    private static Decision reached(Play play) {
        play.done(ENDPOINT);
        return play.done(Map.of(RdsRotation.LOGIN, "works"));
    }

    @Test
    void ofAPairTheIdleAccountIsResetProvenAndOnlyThenCurrent() {
        dual.woken();
        assertEquals(
                new ResetPassword(new Account("rm-1", "app_b"), Credential.CANDIDATE),
                reached(dual).effect());
        dual.done();
        dual.done();
        assertEquals(0, dual.promotions());
        Decision promoted = dual.done();
        assertTrue(promoted.does(VersionMove.PROMOTE));
        assertEquals(new ProveLoginRefused(SERVER, Credential.IDLE), promoted.effect());
        assertEquals(RotationState.SUCCEEDED, dual.done().state());
        assertEquals(
                List.of("INSPECT", "REACH", "RESET", "SETTLE", "PROVE", "PROVE_REFUSED", "SUCCEEDED"), dual.phases());
    }

    @Test
    void theOnlyAccountIsPromotedAtTheAcknowledgementAndProvenRightAfter() {
        single.woken();
        assertEquals(
                new ResetPassword(new Account("rm-1", "app"), Credential.CANDIDATE),
                reached(single).effect());
        single.done();
        single.happens(new NotYet("Account app is being changed."));
        single.passes(Duration.ofMillis(250));
        single.woken();
        Decision promoted = single.done();
        assertTrue(promoted.does(VersionMove.PROMOTE));
        assertEquals(new ProveLogin(SERVER, Credential.CANDIDATE), promoted.effect());
        assertTrue(String.valueOf(promoted.telling().note()).contains("at most 250 ms"), single.note());
        assertEquals(
                new ProveLoginRefused(SERVER, Credential.FORMER), single.done().effect());
        assertEquals(RotationState.SUCCEEDED, single.done().state());
    }

    @Test
    void aRepeatedResetCarriesTheCandidateThatIsCommitted() {
        dual.woken();
        assertNotNull(reached(dual).candidate());
        Decision again = dual.woken();
        assertEquals(new ResetPassword(new Account("rm-1", "app_b"), Credential.CANDIDATE), again.effect());
        assertNull(again.candidate());
    }

    @Test
    void aValueThatTheTargetRefusesIsReplacedAFewTimesAndNotForEver() {
        dual.woken();
        reached(dual);
        Refused refused = new Refused(Remedy.REPLACE, "InvalidAccountPassword.Format", "RDS refuses the password.");
        int replaced = 0;
        Decision decision = dual.happens(refused);
        while (decision.state() == RotationState.RUNNING) {
            assertNotNull(decision.candidate());
            replaced++;
            decision = dual.happens(refused);
        }
        assertEquals(3, replaced);
        assertFalse(decision.does(VersionMove.PROMOTE));
    }

    private static final NotYet REFUSED_LOGIN = new NotYet("The login is refused.");

    private static Decision untilItIsGivenUp(Play play) {
        Decision decision = play.happens(REFUSED_LOGIN);
        while (decision.phase().equals("PROVE")) {
            play.passes(Duration.ofSeconds(30));
            play.woken();
            decision = play.happens(REFUSED_LOGIN);
        }
        return decision;
    }

    @Test
    void aPasswordThatDoesNotWorkIsTakenBackAndTheOldOneSetAgain() {
        dual.woken();
        reached(dual);
        dual.done();
        dual.done();
        Decision back = untilItIsGivenUp(dual);
        assertEquals(new ResetPassword(new Account("rm-1", "app_b"), Credential.IDLE), back.effect());
        dual.done();
        assertEquals(new ProveLogin(SERVER, Credential.IDLE), dual.done().effect());
        assertEquals(
                new ProveLoginRefused(SERVER, Credential.CANDIDATE), dual.done().effect());
        Decision end = dual.done();
        assertEquals(RotationState.FAILED, end.state());
        assertTrue(end.does(VersionMove.DROP_CANDIDATE));
        assertTrue(String.valueOf(end.telling().finding()).startsWith("The login is refused. That is so for"));
        assertEquals(0, dual.promotions());
    }

    @Test
    void ofAPairThatWasPromotedTheVersionsChangePlacesAndNothingIsChangedAtRds() {
        dual.woken();
        reached(dual);
        dual.done();
        dual.done();
        dual.done();
        assertEquals(
                new ProveLogin(SERVER, Credential.FORMER),
                dual.ordered(new Order.RollBack()).effect());
        Decision end = dual.done();
        assertEquals(RotationState.FAILED, end.state());
        assertEquals(Set.of(VersionMove.DEMOTE), end.moves());
    }

    @Test
    void theOnlyAccountsOldPasswordIsCurrentAgainAtTheAcknowledgement() {
        single.woken();
        reached(single);
        single.done();
        single.done();
        assertEquals(
                new ResetPassword(new Account("rm-1", "app"), Credential.FORMER),
                single.ordered(new Order.RollBack()).effect());
        single.done();
        single.happens(new NotYet("RDS is at work."));
        single.passes(Duration.ofMillis(250));
        single.woken();
        Decision demoted = single.done();
        assertTrue(demoted.does(VersionMove.DEMOTE));
        assertEquals(new ProveLogin(SERVER, Credential.FORMER), demoted.effect());
        assertTrue(single.note().contains("passed at most 250 ms"), single.note());
        single.done();
        assertEquals(RotationState.FAILED, single.done().state());
    }

    @Test
    void afterAnUnclearResetOfTheOnlyAccountBothPasswordsAreTried() {
        single.woken();
        reached(single);
        assertEquals(
                new AwaitAccount(new Account("rm-1", "app")),
                single.happens(new Unclear("No answer.")).effect());
        assertEquals(new TryBoth(SERVER), single.done().effect());
        Decision promoted = single.done();
        assertTrue(promoted.does(VersionMove.PROMOTE));
        assertTrue(single.note().contains("when the old one ended is not known"), single.note());
        assertEquals(new ProveLogin(SERVER, Credential.CANDIDATE), promoted.effect());
    }

    @Test
    void aResetThatDidNotTakePlaceIsAskedForAgainWithTheSamePassword() {
        single.woken();
        reached(single);
        single.happens(new Unclear("No answer."));
        single.done();
        Decision again = single.happens(new Refused(Remedy.RETRY, "NotChanged", "The former password works."));
        assertEquals("RESET", again.phase());
        assertEquals(1, again.attempt());
        Decision reset = single.woken();
        assertEquals(new ResetPassword(new Account("rm-1", "app"), Credential.CANDIDATE), reset.effect());
        assertNull(reset.candidate());
    }

    @Test
    void aCurrentPasswordThatIsRefusedIsToldAndReplaced() {
        single.woken();
        single.done(ENDPOINT);
        single.done(Map.of(RdsRotation.LOGIN, "refused"));
        assertEquals(
                "Setting a new password for account app of rm-1 (the current password of app is refused there)",
                single.note());
    }

    @Test
    void anAccountThatRdsDoesNotChangeIsLeftAsItWas() {
        dual.woken();
        reached(dual);
        Decision failed = dual.happens(new Refused(Remedy.ROLL_BACK, "IncorrectAccountType", "Not this account."));
        assertEquals(RotationState.FAILED, failed.state());
        assertEquals("RESET", failed.phase());
    }

    @Test
    void aFormerAccountThatIsRefusedIsNotSaidToWorkOn() {
        dual.woken();
        dual.done(ENDPOINT);
        dual.done(Map.of(RdsRotation.LOGIN, "refused"));
        dual.done();
        dual.done();
        dual.done();
        assertEquals(
                "Account app_b works and is current; account app_a is refused until the next rotation sets a fresh password"
                        + " for it.",
                dual.note());
    }
}
