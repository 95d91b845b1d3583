package io.gyre.worker.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.EcsEffect.InspectInstance;
import io.gyre.worker.machine.EcsEffect.ProveSsh;
import io.gyre.worker.machine.EcsEffect.SshServer;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RamEffect.InspectUser;
import io.gyre.worker.machine.RamEffect.ProveKey;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.machine.RdsEffect.InspectAccount;
import io.gyre.worker.machine.RdsEffect.ProveLogin;
import io.gyre.worker.machine.RdsEffect.Server;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Remedy;
import io.gyre.worker.verdict.Check.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is looked at before a secret is created, and what is said of it. */
class OffersTest {
    private static final Subject ONE =
            new Subject("", "SingleUser", Map.of("DBInstanceId", "rm-1"), "app", null, Set.of());
    private static final Subject PAIR =
            new Subject("", "DoubleUsers", Map.of("DBInstanceId", "rm-1"), "app_a", "app_b", Set.of());
    private static final Subject KEY =
            new Subject("", "RamUserAccessKey", Map.of("UserName", "payments"), "LTAI1", null, Set.of());
    private static final Subject KEYS =
            new Subject("", "RamUserAccessKey", Map.of("UserName", "payments"), "LTAI1", "LTAI2", Set.of());
    private static final Subject SSH = new Subject(
            "",
            "SSHKey",
            Map.of("RegionId", "cn-hangzhou", "InstanceId", "i-1", "CustomData.SshPort", "2222"),
            "ops",
            null,
            Set.of());

    private static final Outcome AT_RDS = Done.with(Map.of(RdsRotation.HOST, "10.0.0.1", RdsRotation.PORT, "5432"));
    private static final Outcome AT_ECS = Done.with(Map.of(EcsRotation.HOST, "10.0.0.2"));
    private static final Outcome IN = Done.plain();
    private static final Outcome TURNED_AWAY = new NotYet("A login as app is refused (SQLSTATE 28P01).");

    private static final OfferLooks RDS = new RdsOffer();
    private static final OfferLooks RAM = new RamOffer();
    private static final OfferLooks ECS = new EcsOffer();

    private static Effect effect(OfferLooks.Next next) {
        return assertInstanceOf(OfferLooks.Next.Look.class, next).effect();
    }

    private static List<Check> ended(OfferLooks.Next next) {
        return assertInstanceOf(OfferLooks.Next.Ended.class, next).checks();
    }

    private static List<String> states(OfferLooks.Next next) {
        return ended(next).stream()
                .map(check -> check.what() + ": " + check.state().label())
                .toList();
    }

    private static Outcome refused(String code) {
        return new Refused(
                Remedy.ASK_PERSON, code, "Refused with " + code + ". Do something, then retry the rotation.");
    }

    private static Outcome listing(String keys, String unknown) {
        return Done.with(Map.of(RamRotation.KEYS, keys, RamRotation.UNKNOWN, unknown));
    }

    @Test
    void anRdsAccountIsLookedUpAndLoggedInAs() {
        assertEquals(new InspectAccount(new Account("rm-1", "app")), effect(RDS.next(ONE, List.of())));
        assertEquals(
                new ProveLogin(new Server("10.0.0.1", 5432), Credential.FORMER),
                effect(RDS.next(ONE, List.of(AT_RDS))));
        assertEquals(
                List.of("RDS instance rm-1, account app: works", "Login as app: works"),
                states(RDS.next(ONE, List.of(AT_RDS, IN))));
    }

    @Test
    void bothAccountsOfAPairAreTriedAlsoWhereTheFirstIsRefused() {
        assertEquals(
                new InspectAccount(new Account("rm-1", "app_b")), effect(RDS.next(PAIR, List.of(AT_RDS, TURNED_AWAY))));
        assertEquals(
                new ProveLogin(new Server("10.0.0.1", 5432), Credential.IDLE),
                effect(RDS.next(PAIR, List.of(AT_RDS, TURNED_AWAY, AT_RDS))));
        assertEquals(
                List.of(
                        "RDS instance rm-1, account app_a: works",
                        "Login as app_a: refused",
                        "RDS instance rm-1, account app_b: works",
                        "Login as app_b: works"),
                states(RDS.next(PAIR, List.of(AT_RDS, TURNED_AWAY, AT_RDS, IN))));
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidDBInstanceId.NotFound, RDS has no instance rm-1.",
        "InvalidDBInstanceName.NotFound, RDS has no instance rm-1.",
        "InvalidAccountName.NotFound, RDS instance rm-1 has no account app.",
    })
    void whatRdsDoesNotHaveIsSaidAndNoLoginIsTried(String code, String seen) {
        Check check = ended(RDS.next(ONE, List.of(refused(code)))).get(0);
        assertEquals(State.REFUSED, check.state());
        assertEquals(seen, check.seen());
    }

    @Test
    void aWrongPasswordNamesTheAccountAndWhatToType() {
        Check check = ended(RDS.next(ONE, List.of(AT_RDS, TURNED_AWAY))).get(1);
        assertEquals("A login as app is refused (SQLSTATE 28P01).", check.seen());
        assertTrue(check.remedy().startsWith("Type the password that the account has now"), check.remedy());
    }

    @Test
    void whatCouldNotBeFoundOutIsNoRefusalAndSpeaksOfNoRotation() {
        Check check = ended(RDS.next(ONE, List.of(refused("Forbidden.RAM")))).get(0);
        assertEquals(State.OPEN, check.state());
        assertEquals("Refused with Forbidden.RAM. Do something.", check.seen());
        assertEquals(
                List.of("ECS instance i-1: open"),
                states(ECS.next(SSH, List.of(new Refused(Remedy.RETRY, "Throttling.User", "Too often.")))));
    }

    @Test
    void theKeysOfARamUserAreListedAndThenSignWith() {
        assertEquals(new InspectUser("payments", Set.of("LTAI1", "LTAI2")), effect(RAM.next(KEYS, List.of())));
        Outcome both = listing("LTAI1,LTAI2", "");
        assertEquals(new ProveKey(Credential.FORMER), effect(RAM.next(KEYS, List.of(both))));
        assertEquals(new ProveKey(Credential.IDLE), effect(RAM.next(KEYS, List.of(both, IN))));
        assertEquals(
                List.of("RAM user payments: works", "AccessKey LTAI1: works", "AccessKey LTAI2: works"),
                states(RAM.next(KEYS, List.of(both, IN, IN))));
    }

    @Test
    void aKeyOfAnotherUserIsRefusedWithoutSigningAnything() {
        List<Check> checks = ended(RAM.next(KEY, List.of(listing("LTAI9", "LTAI9"))));
        assertEquals(State.NOTED, checks.get(0).state());
        assertEquals(State.REFUSED, checks.get(1).state());
        assertEquals("RAM user payments has no AccessKey LTAI1.", checks.get(1).seen());
    }

    @Test
    void aUserWhoIsNotThereIsNamed() {
        Outcome nobody = refused("EntityNotExist.User");
        assertEquals(new ProveKey(Credential.FORMER), effect(RAM.next(KEY, List.of(nobody))));
        assertEquals(
                List.of("RAM user payments: refused", "AccessKey LTAI1: refused"),
                states(RAM.next(KEY, List.of(nobody, new NotYet("A call is refused: InvalidAccessKeyId.NotFound.")))));
    }

    @Test
    void aSecretThatIsNotTheKeysIsToldFromAKeyThatIsDisabled() {
        Outcome own = listing("LTAI1", "");
        Check wrong = ended(RAM.next(KEY, List.of(own, refused("SignatureDoesNotMatch"))))
                .get(1);
        assertEquals("The AccessKeySecret that was typed is not the one that RAM has.", wrong.means());
        Check off = ended(RAM.next(KEY, List.of(own, new NotYet("It is disabled."))))
                .get(1);
        assertTrue(off.means().startsWith("The AccessKey is disabled, or was deleted"), off.means());
    }

    @Test
    void aKeyThatWasNotTypedIsNotedAndStopsNothing() {
        List<Check> checks = ended(RAM.next(KEY, List.of(listing("LTAI1,LTAI7", "LTAI7"), IN)));
        assertEquals(
                List.of(State.NOTED, State.WORKS),
                checks.stream().map(Check::state).toList());
        assertEquals(
                "RAM has the user, who has AccessKey LTAI7 too.", checks.get(0).seen());
    }

    @Test
    void anEcsInstanceIsLookedUpAndLoggedInTo() {
        assertInstanceOf(InspectInstance.class, effect(ECS.next(SSH, List.of())));
        assertEquals(
                new ProveSsh(new SshServer("10.0.0.2", 2222, ""), Credential.FORMER),
                effect(ECS.next(SSH, List.of(AT_ECS))));
        assertEquals(
                List.of("ECS instance i-1: works", "SSH login as ops: works"),
                states(ECS.next(SSH, List.of(AT_ECS, IN))));
        assertEquals(
                List.of("ECS instance i-1: works", "SSH login as ops: refused"),
                states(ECS.next(SSH, List.of(AT_ECS, TURNED_AWAY))));
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidInstanceId.NotFound, ECS has no instance i-1.",
        "InstanceReleased, ECS has no instance i-1.",
        "IncorrectInstanceStatus, ECS instance i-1 does not run.",
    })
    void anEcsInstanceThatIsGoneOrStoppedIsNotLoggedInTo(String code, String seen) {
        List<Check> checks = ended(ECS.next(SSH, List.of(refused(code))));
        assertEquals(1, checks.size());
        assertEquals(seen, checks.get(0).seen());
        assertEquals(State.REFUSED, checks.get(0).state());
    }
}
