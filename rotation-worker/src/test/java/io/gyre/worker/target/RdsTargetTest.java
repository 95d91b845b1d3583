package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.RdsEffect;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Remedy;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RdsTargetTest {
    private static final RdsEffect.Account APP = new RdsEffect.Account("rm-1", "app");
    private static final RdsEffect INSPECT = new RdsEffect.InspectAccount(APP);
    private static final RdsEffect RESET = new RdsEffect.ResetPassword(APP, Credential.CANDIDATE);
    private static final RdsEffect AWAIT = new RdsEffect.AwaitAccount(APP);

    private final TestCloud cloud = new TestCloud();

    @AfterEach
    void stop() {
        cloud.close();
    }

    private Outcome perform(RdsEffect effect) {
        SecretText value = SecretText.of("{\"AccountName\":\"app\",\"AccountPassword\":\"hunter2\"}");
        return new RdsTarget(cloud.rpc, cloud.config(), cloud.vertx)
                .perform(effect, Map.of(Credential.CANDIDATE, value))
                .await()
                .atMost(TestCloud.SOON);
    }

    private TestCloud instance(String status) {
        return cloud.answering(
                "DescribeDBInstanceAttribute",
                "{\"Items\":{\"DBInstanceAttribute\":[{\"DBInstanceId\":\"rm-1\",\"DBInstanceStatus\":\"" + status
                        + "\",\"ConnectionString\":\"db.internal\",\"Port\":\"5432\"}]}}");
    }

    private TestCloud account(String status) {
        return cloud.answering(
                "DescribeAccounts",
                "{\"Accounts\":{\"DBInstanceAccount\":[{\"AccountName\":\"application\",\"AccountStatus\":\"Unavailable\"},"
                        + "{\"AccountName\":\"app\",\"AccountStatus\":\"" + status + "\"}]}}");
    }

    private Refused needingAPerson(RdsEffect effect) {
        Refused refused = assertInstanceOf(Refused.class, perform(effect));
        assertEquals(Remedy.ASK_PERSON, refused.remedy());
        assertTrue(refused.what().contains("rm-1"), refused.what());
        return refused;
    }

    @Test
    void whereTheDatabaseAnswersIsReported() {
        instance("Running");
        account("Available");

        assertEquals(Done.with(Map.of(RdsRotation.HOST, "db.internal", RdsRotation.PORT, "5432")), perform(INSPECT));
    }

    @Test
    void anInstanceThatIsAbsentOrStoppedNeedsAPerson() {
        account("Available");
        cloud.answering("DescribeDBInstanceAttribute", "{\"Items\":{\"DBInstanceAttribute\":[]}}");
        assertEquals("InvalidDBInstanceId.NotFound", needingAPerson(INSPECT).code());

        cloud.refusing("DescribeDBInstanceAttribute", 404, "InvalidDBInstanceName.NotFound");
        assertEquals("InvalidDBInstanceName.NotFound", needingAPerson(INSPECT).code());

        instance("Stopped");
        Refused stopped = needingAPerson(INSPECT);
        assertEquals("IncorrectDBInstanceState", stopped.code());
        assertTrue(stopped.what().contains("Stopped"), stopped.what());
    }

    @Test
    void anAccountThatIsAbsentNeedsAPersonAndOneThatRdsIsAtWorkOnIsWaitedFor() {
        instance("Running");
        cloud.answering("DescribeAccounts", "{\"Accounts\":{\"DBInstanceAccount\":[]}}");
        assertEquals("InvalidAccountName.NotFound", needingAPerson(INSPECT).code());

        account("Unavailable");
        assertInstanceOf(NotYet.class, perform(INSPECT));
    }

    @Test
    void theCandidatesPasswordIsSet() {
        assertEquals(Done.plain(), perform(RESET));

        assertEquals("hunter2", cloud.call("ResetAccountPassword").text("AccountPassword"));
        assertEquals("app", cloud.call("ResetAccountPassword").text("AccountName"));
        assertEquals("rm-1", cloud.call("ResetAccountPassword").text("DBInstanceId"));
    }

    @Test
    void aPasswordThatIsRefusedIsReplacedAndNotQuoted() {
        cloud.refusing("ResetAccountPassword", 400, "InvalidAccountPassword.Format");
        Refused refused = assertInstanceOf(Refused.class, perform(RESET));

        assertEquals(Remedy.REPLACE, refused.remedy());
        assertFalse(refused.toString().contains("hunter2"), "the cloud's own message quotes it");
    }

    @Test
    void anAccountAtWhichRdsIsAtWorkIsTriedAgain() {
        cloud.refusing("ResetAccountPassword", 400, "IncorrectAccountStatus");
        assertEquals(
                Remedy.RETRY, assertInstanceOf(Refused.class, perform(RESET)).remedy());
    }

    @Test
    void whetherAPasswordWasSetIsUnclearWithoutAnAnswer() {
        cloud.hangingUp("ResetAccountPassword");
        assertInstanceOf(Unclear.class, perform(RESET));
        cloud.refusing("ResetAccountPassword", 503, "ServiceUnavailable");
        assertInstanceOf(Unclear.class, perform(RESET));
    }

    @Test
    void anAccountIsAwaitedUntilItIsAvailable() {
        account("Unavailable");
        assertInstanceOf(NotYet.class, perform(AWAIT));
        account("Available");
        assertEquals(Done.plain(), perform(AWAIT));
    }
}
