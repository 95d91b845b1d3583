package io.gyre.worker.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.EcsEffect.InspectInstance;
import io.gyre.worker.machine.EcsEffect.Instance;
import io.gyre.worker.machine.EcsEffect.ProveSsh;
import io.gyre.worker.machine.EcsEffect.SshServer;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.RamEffect.InspectUser;
import io.gyre.worker.machine.RamEffect.ProveKey;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.Server;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Subject PAIR =
            new Subject("db/orders", "DoubleUsers", Map.of("DBInstanceId", "rm-1"), "app_a", "app_b", Set.of());
    private static final Subject ONE =
            new Subject("db/single", "SingleUser", Map.of("DBInstanceId", "rm-1"), "app", null, Set.of());
    private static final Subject KEY = new Subject(
            "acs/ram/user/payments",
            "RamUserAccessKey",
            Map.of("UserName", "payments"),
            "LTAIcurrent",
            "LTAIprevious",
            Set.of("LTAIleft"));
    private static final Subject SSH = new Subject(
            "ecs/bastion",
            "SSHKey",
            Map.of("RegionId", "cn-hangzhou", "InstanceId", "i-1", "CustomData.SshPort", "2222"),
            "ops",
            null,
            Set.of());

    private static final Outcome AT_RDS = Done.with(Map.of(RdsRotation.HOST, "10.0.0.1", RdsRotation.PORT, "5432"));
    private static final Outcome AT_ECS = Done.with(Map.of(EcsRotation.HOST, "10.0.0.2"));
    private static final Outcome IN = Done.plain();
    private static final Outcome TURNED_AWAY = new NotYet("A login as app is refused (SQLSTATE 28P01).");
    private static final Outcome AWAY = new Refused(Remedy.RETRY, "NotReached", "The database was not reached.");

    private static final Looks RDS = new RdsLooks();
    private static final Looks RAM = new RamLooks();
    private static final Looks ECS = new EcsLooks();

    private static Effect effect(Step step) {
        return assertInstanceOf(Step.Look.class, step).effect();
    }

    private static Finding refused(Step step) {
        return assertInstanceOf(Verdict.Refused.class, step).finding();
    }

    private static String open(Step step) {
        return assertInstanceOf(Verdict.Open.class, step).why();
    }

    private static Outcome listing(String keys, String unknown) {
        return Done.with(Map.of(RamRotation.KEYS, keys, RamRotation.UNKNOWN, unknown));
    }

    @Test
    void anRdsAccountIsLookedForAtRdsAndThenLoggedInAs() {
        assertEquals(new InspectAccount(new Account("rm-1", "app")), effect(RDS.next(ONE, List.of())));
        assertEquals(
                new ProveLogin(new Server("10.0.0.1", 5432), Credential.FORMER),
                effect(RDS.next(ONE, List.of(AT_RDS))));
        assertInstanceOf(Verdict.Works.class, RDS.next(ONE, List.of(AT_RDS, IN)));
    }

    @Test
    void ofAPairTheOtherAccountIsTriedToo() {
        assertEquals(
                new ProveLogin(new Server("10.0.0.1", 5432), Credential.IDLE),
                effect(RDS.next(PAIR, List.of(AT_RDS, IN))));
        assertInstanceOf(Verdict.Works.class, RDS.next(PAIR, List.of(AT_RDS, IN, IN)));
        Finding finding = assertInstanceOf(
                        Verdict.PreviousRefused.class, RDS.next(PAIR, List.of(AT_RDS, IN, TURNED_AWAY)))
                .finding();
        assertTrue(finding.means().contains("programs that follow ACSCurrent work on"), finding.means());
        assertInstanceOf(Verdict.Works.class, RDS.next(PAIR, List.of(AT_RDS, IN, AWAY)));
    }

    @Test
    void aLoginThatTheDatabaseRefusesIsDrift() {
        Finding one = refused(RDS.next(ONE, List.of(AT_RDS, TURNED_AWAY)));
        assertEquals("A login as app is refused (SQLSTATE 28P01).", one.seen());
        assertTrue(one.remedy().contains("./gyre drift repair db/single"), one.remedy());
        Finding pair = refused(RDS.next(PAIR, List.of(AT_RDS, TURNED_AWAY)));
        assertTrue(pair.remedy().contains("fresh password for account app_b"), pair.remedy());
    }

    @Test
    void anAccountThatRdsDoesNotHaveIsDrift() {
        Outcome absent = new Refused(Remedy.ASK_PERSON, "InvalidAccountName.NotFound", "No such account.");
        assertEquals(
                "RDS instance rm-1 has no account app.",
                refused(RDS.next(ONE, List.of(absent))).seen());
        assertTrue(refused(RDS.next(ONE, List.of(absent))).remedy().startsWith("Create the account again"));
        assertTrue(refused(RDS.next(PAIR, List.of(absent))).remedy().contains("to account app_b"));
    }

    @Test
    void whatSaysNothingOfTheCredentialIsNoDrift() {
        Outcome stopped = new Refused(
                Remedy.ASK_PERSON,
                "IncorrectDBInstanceState",
                "RDS, instance rm-1: its status is Stopped. The RDS instance does not run: start it, then retry the rotation.");
        assertEquals(
                "RDS, instance rm-1: its status is Stopped. The RDS instance does not run: start it.",
                open(RDS.next(ONE, List.of(stopped))));
        assertEquals("RDS is at work.", open(RDS.next(ONE, List.of(new NotYet("RDS is at work.")))));
        assertEquals("The database was not reached.", open(RDS.next(ONE, List.of(AT_RDS, AWAY))));
        assertEquals("No answer.", open(ECS.next(SSH, List.of(new Unclear("No answer.")))));
        assertEquals("The database was not reached.", open(ECS.next(SSH, List.of(AT_ECS, AWAY))));
        assertEquals("The database was not reached.", open(RAM.next(KEY, List.of(AWAY))));
    }

    @Test
    void anEcsLoginIsTriedWhereTheSecretSaysThatSshAnswers() {
        assertEquals(new InspectInstance(new Instance("cn-hangzhou", "i-1")), effect(ECS.next(SSH, List.of())));
        assertEquals(
                new ProveSsh(new SshServer("10.0.0.2", 2222, ""), Credential.FORMER),
                effect(ECS.next(SSH, List.of(AT_ECS))));
        assertInstanceOf(Verdict.Works.class, ECS.next(SSH, List.of(AT_ECS, IN)));
    }

    @Test
    void anEcsLoginThatIsRefusedIsDrift() {
        Finding key = refused(ECS.next(SSH, List.of(AT_ECS, TURNED_AWAY)));
        assertTrue(key.means().startsWith("The SSH key of ops was removed"), key.means());
        assertTrue(key.remedy().endsWith("add a new key."), key.remedy());
        Subject password = new Subject("ecs/app", "Password", SSH.target(), "app", null, Set.of());
        Finding changed = refused(ECS.next(password, List.of(AT_ECS, TURNED_AWAY)));
        assertTrue(changed.means().startsWith("The password of app was changed"), changed.means());
        assertTrue(changed.remedy().endsWith("set a fresh password."), changed.remedy());
    }

    @Test
    void anAccessKeyIsTriedByACallAndTheUsersKeysAreListed() {
        assertEquals(new ProveKey(Credential.FORMER), effect(RAM.next(KEY, List.of())));
        assertEquals(
                new InspectUser("payments", Set.of("LTAIcurrent", "LTAIprevious", "LTAIleft")),
                effect(RAM.next(KEY, List.of(IN))));
        Verdict.Works works =
                assertInstanceOf(Verdict.Works.class, RAM.next(KEY, List.of(IN, listing("LTAIcurrent", ""))));
        assertNull(works.observation());
    }

    @Test
    void aKeyOfAPersonIsToldBesideAndIsNoDrift() {
        Verdict.Works works = assertInstanceOf(
                Verdict.Works.class, RAM.next(KEY, List.of(IN, listing("LTAIcurrent,LTAIperson", "LTAIperson"))));
        assertTrue(String.valueOf(works.observation()).contains("has AccessKey LTAIperson, which Gyre neither made"));
    }

    @Test
    void aListingThatFailsLeavesTheProofAsItIs() {
        assertInstanceOf(Verdict.Works.class, RAM.next(KEY, List.of(IN, AWAY)));
        Finding finding = refused(RAM.next(KEY, List.of(new NotYet("Refused."), AWAY)));
        assertTrue(finding.means().contains("was disabled or deleted past Gyre"), finding.means());
    }

    @Test
    void anAccessKeyThatIsRefusedIsDriftAndTheListingTellsWhy() {
        Outcome call = new NotYet("A call signed with AccessKey LTAIcurrent is refused: InvalidAccessKeyId.Inactive.");
        Finding disabled = refused(RAM.next(KEY, List.of(call, listing("LTAIcurrent", ""))));
        assertEquals(call, new NotYet(disabled.seen()));
        assertTrue(disabled.means().contains("was disabled past Gyre"), disabled.means());
        assertTrue(disabled.remedy().contains("enable the key again"), disabled.remedy());
        Finding deleted = refused(RAM.next(KEY, List.of(call, listing("LTAIcurrent2", ""))));
        assertTrue(deleted.means().contains("was deleted past Gyre"), deleted.means());
        assertTrue(deleted.remedy().endsWith("which makes a new AccessKey."), deleted.remedy());
        Outcome noUser = new Refused(Remedy.ASK_PERSON, "EntityNotExist.User", "No such user.");
        assertEquals(
                "RAM user payments does not exist.",
                refused(RAM.next(KEY, List.of(call, noUser))).seen());
    }

    @Test
    void anAccessKeyThatRamHasWithAnotherSecretIsDrift() {
        Outcome other = new Refused(Remedy.ASK_PERSON, "SignatureDoesNotMatch", "Delete the key. Rotate again.");
        Finding finding = refused(RAM.next(KEY, List.of(other, listing("LTAIcurrent", ""))));
        assertEquals("A call signed with AccessKey LTAIcurrent is refused: SignatureDoesNotMatch.", finding.seen());
        assertTrue(finding.means().contains("is not the one that RAM has"), finding.means());
    }

    @Test
    void noLookChangesATarget() {
        Set<Class<?>> looks = Set.of(
                InspectAccount.class,
                ProveLogin.class,
                InspectInstance.class,
                ProveSsh.class,
                ProveKey.class,
                InspectUser.class);
        List<Outcome> outcomes = List.of(AT_RDS, AT_ECS, IN, TURNED_AWAY, AWAY, listing("LTAIcurrent", "LTAIx"));
        for (Looks each : List.of(RDS, RAM, ECS)) {
            Subject subject = each == RDS ? PAIR : each == RAM ? KEY : SSH;
            int verdicts = walk(each, subject, List.of(), outcomes, looks);
            assertTrue(verdicts > outcomes.size(), "each way ends in a verdict");
        }
    }

    private static int walk(
            Looks looks, Subject subject, List<Outcome> seen, List<Outcome> outcomes, Set<Class<?>> allowed) {
        boolean placed =
                seen.isEmpty() || looks == RAM || !(seen.get(0) instanceof Done) || seen.get(0) == place(looks);
        if (!placed) {
            return 0;
        }
        Step step = looks.next(subject, seen);
        if (step instanceof Verdict) {
            return 1;
        }
        assertTrue(allowed.contains(effect(step).getClass()), effect(step).toString());
        assertTrue(seen.size() < 4, "it ends");
        int verdicts = 0;
        for (Outcome outcome : outcomes) {
            List<Outcome> more = new ArrayList<>(seen);
            more.add(outcome);
            verdicts += walk(looks, subject, more, outcomes, allowed);
        }
        return verdicts;
    }

    private static Outcome place(Looks looks) {
        return looks == RDS ? AT_RDS : AT_ECS;
    }
}
