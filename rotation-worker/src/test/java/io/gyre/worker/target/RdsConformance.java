package io.gyre.worker.target;

import static io.gyre.worker.machine.Credential.CANDIDATE;
import static io.gyre.worker.machine.Credential.FORMER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.RdsEffect;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.AwaitAccount;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.ProveLoginRefused;
import io.gyre.worker.machine.RdsEffect.ReachDatabase;
import io.gyre.worker.machine.RdsEffect.ResetPassword;
import io.gyre.worker.machine.RdsEffect.Server;
import io.gyre.worker.machine.RdsEffect.TryBoth;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Remedy;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Accounts of RDS instances. */
public abstract class RdsConformance extends TargetConformance {
    private static final String FIRST = "First-Password-1";
    private static final String SECOND = "Second-Password-2";

    /** Every target refuses it. */
    private static final String WEAK = "weak";

    /** A new account in a running instance, that RDS is not at work on. */
    protected abstract Account account(String password);

    private static SecretText value(Account account, String password) {
        return SecretText.of("{\"AccountName\":\"" + account.name() + "\",\"AccountPassword\":\"" + password + "\"}");
    }

    private Server server(Account account) {
        Map<String, String> facts =
                isDone(awaited(new InspectAccount(account), Map.of())).facts();
        return new Server(facts.get(RdsRotation.HOST), Integer.parseInt(facts.get(RdsRotation.PORT)));
    }

    private void isSet(Account account, String password) {
        isDone(perform(new ResetPassword(account, CANDIDATE), value(account, password)));
        isDone(awaited(new AwaitAccount(account), Map.of()));
    }

    @Test
    void anInstanceOrAnAccountThatIsAbsentNeedsAPerson() {
        Account absent = new Account("rm-absent", "app");
        isRefused(Remedy.ASK_PERSON, "InvalidDBInstance", perform(new InspectAccount(absent), Map.of()));
        Account nobody = new Account(account(FIRST).instanceId(), "nobody");
        isRefused(Remedy.ASK_PERSON, "InvalidAccountName.NotFound", perform(new InspectAccount(nobody), Map.of()));
        isRefused(Remedy.ASK_PERSON, "InvalidAccountName.NotFound", perform(new AwaitAccount(nobody), Map.of()));
        isRefused(
                Remedy.ASK_PERSON,
                "InvalidAccountName.NotFound",
                perform(new ResetPassword(nobody, CANDIDATE), value(nobody, SECOND)));
    }

    @Test
    void whetherALoginWorksIsReportedWhereThatDecidesNothing() {
        Account account = account(FIRST);
        RdsEffect reach = new ReachDatabase(server(account), CANDIDATE);
        assertEquals(
                "works", isDone(perform(reach, value(account, FIRST))).facts().get(RdsRotation.LOGIN));
        assertEquals(
                "refused",
                isDone(perform(reach, value(account, SECOND))).facts().get(RdsRotation.LOGIN));
    }

    @Test
    void aPasswordIsSetOnceRdsIsNoLongerAtWork() {
        Account account = account(FIRST);
        Server server = server(account);
        isSet(account, SECOND);
        isDone(perform(new ProveLogin(server, CANDIDATE), value(account, SECOND)));
        isDone(perform(new ProveLoginRefused(server, CANDIDATE), value(account, FIRST)));
        assertInstanceOf(NotYet.class, perform(new ProveLogin(server, CANDIDATE), value(account, FIRST)));
        assertInstanceOf(NotYet.class, perform(new ProveLoginRefused(server, CANDIDATE), value(account, SECOND)));
    }

    @Test
    void theSamePasswordOnceMoreIsHarmless() {
        Account account = account(FIRST);
        isSet(account, SECOND);
        isSet(account, SECOND);
        isDone(perform(new ProveLogin(server(account), CANDIDATE), value(account, SECOND)));
    }

    @Test
    void aPasswordThatIsTooWeakIsToBeReplaced() {
        Account account = account(FIRST);
        isRefused(
                Remedy.REPLACE,
                "InvalidAccountPassword",
                perform(new ResetPassword(account, CANDIDATE), value(account, WEAK)));
        isDone(perform(new ProveLogin(server(account), CANDIDATE), value(account, FIRST)));
    }

    @Test
    void ofTwoPasswordsTheOneThatWorksIsFound() {
        Account account = account(FIRST);
        RdsEffect both = new TryBoth(server(account));
        SecretText first = value(account, FIRST);
        SecretText second = value(account, SECOND);
        isRefused(Remedy.RETRY, "NotChanged", perform(both, Map.of(CANDIDATE, second, FORMER, first)));
        isDone(perform(both, Map.of(CANDIDATE, first, FORMER, second)));
        assertInstanceOf(NotYet.class, perform(both, Map.of(CANDIDATE, second, FORMER, second)));
    }
}
