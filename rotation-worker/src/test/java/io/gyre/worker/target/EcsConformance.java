package io.gyre.worker.target;

import static io.gyre.worker.machine.Credential.CANDIDATE;
import static io.gyre.worker.machine.Credential.FORMER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gyre.secret.SecretText;
import io.gyre.worker.candidate.Candidates;
import io.gyre.worker.machine.EcsEffect;
import io.gyre.worker.machine.EcsEffect.AddKey;
import io.gyre.worker.machine.EcsEffect.AwaitCommand;
import io.gyre.worker.machine.EcsEffect.InspectInstance;
import io.gyre.worker.machine.EcsEffect.Instance;
import io.gyre.worker.machine.EcsEffect.ProveSsh;
import io.gyre.worker.machine.EcsEffect.ProveSshRefused;
import io.gyre.worker.machine.EcsEffect.ReachSsh;
import io.gyre.worker.machine.EcsEffect.RemoveKey;
import io.gyre.worker.machine.EcsEffect.SetPassword;
import io.gyre.worker.machine.EcsEffect.SshServer;
import io.gyre.worker.machine.EcsEffect.TryBothSsh;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Recipe;
import io.gyre.worker.machine.Remedy;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Logins of ECS instances, and the commands that change them. */
public abstract class EcsConformance extends TargetConformance {
    protected static final String REGION = "cn-hangzhou";

    private static final Candidates CANDIDATES = new Candidates(new SecureRandom());

    /**
     * A running instance whose account root has a password.
     *
     * @param sshPort where it answers
     */
    public record Running(Instance instance, int sshPort) {}

    protected abstract Running running(String password);

    protected abstract void stop(Instance instance);

    private static SecretText password(String user, String password) {
        return SecretText.of("{\"UserName\":\"" + user + "\",\"Password\":\"" + password + "\"}");
    }

    private static SecretText key(String user) {
        return CANDIDATES.make(new Recipe.EcsKeyPair(user, true)).value();
    }

    private SshServer server(Running running) {
        String host = isDone(perform(new InspectInstance(running.instance()), Map.of()))
                .facts()
                .get(EcsRotation.HOST);
        return new SshServer(host, running.sshPort(), "");
    }

    /** What became of the command that the effect sent. */
    private Outcome commanded(Running running, EcsEffect effect, SecretText credential) {
        String command = isDone(perform(effect, credential)).facts().get(EcsRotation.COMMAND);
        return awaited(new AwaitCommand(running.instance(), command), Map.of());
    }

    @Test
    void anInstanceThatIsAbsentOrStoppedNeedsAPerson() {
        Instance absent = new Instance(REGION, "i-absent");
        isRefused(Remedy.ASK_PERSON, "InvalidInstanceId.NotFound", perform(new InspectInstance(absent), Map.of()));
        isRefused(Remedy.ASK_PERSON, "InvalidInstance", perform(new AddKey(absent, CANDIDATE), key("root")));
        Running running = running("First-Password-1");
        stop(running.instance());
        isRefused(
                Remedy.ASK_PERSON,
                "IncorrectInstanceStatus",
                perform(new InspectInstance(running.instance()), Map.of()));
    }

    @Test
    void aKeyThatIsAddedLogsInAndIsRefusedOnceItIsRemovedAndTwiceIsHarmless() {
        Running running = running("First-Password-1");
        SshServer server = server(running);
        SecretText key = key("root");
        isDone(perform(new ProveSshRefused(server, CANDIDATE), key));
        for (int i = 0; i < 2; i++) {
            isDone(commanded(running, new AddKey(running.instance(), CANDIDATE), key));
            isDone(perform(new ProveSsh(server, CANDIDATE), key));
        }
        assertInstanceOf(NotYet.class, perform(new ProveSshRefused(server, CANDIDATE), key));
        for (int i = 0; i < 2; i++) {
            isDone(commanded(running, new RemoveKey(running.instance(), CANDIDATE), key));
            isDone(perform(new ProveSshRefused(server, CANDIDATE), key));
        }
        assertInstanceOf(NotYet.class, perform(new ProveSsh(server, CANDIDATE), key));
    }

    @Test
    void twoKeysLogInBesideEachOther() {
        Running running = running("First-Password-1");
        SecretText one = key("root");
        SecretText other = key("root");
        isDone(commanded(running, new AddKey(running.instance(), CANDIDATE), one));
        isDone(commanded(running, new AddKey(running.instance(), CANDIDATE), other));
        isDone(perform(new ProveSsh(server(running), CANDIDATE), one));
        isDone(perform(new ProveSsh(server(running), CANDIDATE), other));
    }

    @Test
    void aPasswordTakesThePlaceOfTheOneBefore() {
        Running running = running("First-Password-1");
        SshServer server = server(running);
        SecretText first = password("root", "First-Password-1");
        SecretText second = password("root", "Second-Password-2");
        isDone(perform(new ProveSsh(server, CANDIDATE), first));
        for (int i = 0; i < 2; i++) {
            isDone(commanded(running, new SetPassword(running.instance(), CANDIDATE), second));
            isDone(perform(new ProveSsh(server, CANDIDATE), second));
            isDone(perform(new ProveSshRefused(server, CANDIDATE), first));
        }
    }

    @Test
    void anAccountThatTheInstanceDoesNotHaveNeedsAPerson() {
        Running running = running("First-Password-1");
        isRefused(
                Remedy.ASK_PERSON,
                "AccountNotExists",
                commanded(
                        running,
                        new SetPassword(running.instance(), CANDIDATE),
                        password("nobody", "Second-Password-2")));
    }

    @Test
    void ofTwoPasswordsTheOneThatWorksIsFound() {
        Running running = running("First-Password-1");
        SshServer server = server(running);
        SecretText first = password("root", "First-Password-1");
        SecretText second = password("root", "Second-Password-2");
        EcsEffect both = new TryBothSsh(server);
        isRefused(Remedy.RETRY, "NotChanged", perform(both, Map.of(CANDIDATE, second, FORMER, first)));
        isDone(perform(both, Map.of(CANDIDATE, first, FORMER, second)));
        assertInstanceOf(NotYet.class, perform(both, Map.of(CANDIDATE, second, FORMER, second)));
    }

    @Test
    void whetherALoginWorksIsReportedWhereThatDecidesNothing() {
        Running running = running("First-Password-1");
        EcsEffect reach = new ReachSsh(server(running), CANDIDATE);
        assertEquals(
                "works",
                isDone(perform(reach, password("root", "First-Password-1")))
                        .facts()
                        .get(EcsRotation.LOGIN));
        assertEquals(
                "refused",
                isDone(perform(reach, password("root", "Second-Password-2")))
                        .facts()
                        .get(EcsRotation.LOGIN));
    }
}
