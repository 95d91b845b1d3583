package io.gyre.worker.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.ProveLoginRefused;
import io.gyre.worker.machine.RdsEffect.ResetPassword;
import io.gyre.worker.machine.RdsEffect.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
}
