package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gyre.rpc.RpcFault;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Remedy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    private static final Asked LOOK = new Asked("RDS", "DescribeAccounts", "account app of rm-1", false);
    private static final Asked CHANGE = new Asked("RDS", "ResetAccountPassword", "account app of rm-1", true);

    private static Outcome outcome(int status, String code, Asked asked) {
        return Refusals.of(new RpcFault(status, code, "hunter2 is no password", Map.of("RequestId", "0-1-2")), asked);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Throttling.User, RETRY",
        "503, Throttling.Api, RETRY",
        "429, NeverSeen, RETRY",
        "429, Rejected.Throttling, RETRY",
        "400, IncorrectAccountStatus, RETRY",
        "400, InvalidAccountPassword.Format, REPLACE",
        "400, InvalidAccountPassword.Malformed, REPLACE",
        "404, InvalidAccountName.NotFound, ASK_PERSON",
        "400, InvalidDBInstanceId.NotFound, ASK_PERSON",
        "403, IncorrectDBInstanceState, ASK_PERSON",
        "404, EntityNotExist.User, ASK_PERSON",
        "404, InvalidInstance.NotFound, ASK_PERSON",
        "403, NoPermission, ASK_PERSON",
        "403, Forbidden.RAM, ASK_PERSON",
        "404, InvalidAccessKeyId.NotFound, ASK_PERSON",
        "400, SignatureDoesNotMatch, ASK_PERSON",
        "400, SomethingNew.Entirely, ASK_PERSON",
    })
    void aDefiniteRefusalHasOneRemedyWhetherTheCallChangesOrLooks(int status, String code, Remedy remedy) {
        for (Asked asked : new Asked[] {LOOK, CHANGE}) {
            Refused refused = assertInstanceOf(Refused.class, outcome(status, code, asked));
            assertEquals(remedy, refused.remedy(), asked.action());
            assertEquals(code, refused.code());
        }
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, ServiceUnavailable", "500, ExternalFailure", "500, NeverSeen"})
    void aServerErrorPassesForALookAndIsUnclearForAChange(int status, String code) {
        assertEquals(
                Remedy.RETRY,
                assertInstanceOf(Refused.class, outcome(status, code, LOOK)).remedy());
        assertInstanceOf(Unclear.class, outcome(status, code, CHANGE));
    }

    @ParameterizedTest
    @CsvSource({
        "AccountNotExists, ASK_PERSON",
        "InstanceNotRunning, ASK_PERSON",
        "InstanceReleased, ASK_PERSON",
        "ClientNotRunning, RETRY",
        "ExitCodeNonzero, RETRY",
        "'', RETRY",
        "NeverSeen, RETRY",
    })
    void aFailedCommandIsRetriedUnlessSomethingIsMissing(String code, Remedy remedy) {
        assertEquals(remedy, Refusals.ofCommand(code, CHANGE).remedy());
    }

    @Test
    void aSentenceNamesTheResourceTheCodeTheRequestAndWhatToDo() {
        Refused refused = (Refused) outcome(404, "InvalidAccountName.NotFound", CHANGE);

        assertEquals(
                "RDS refused ResetAccountPassword for account app of rm-1 with InvalidAccountName.NotFound (request"
                        + " 0-1-2). The RDS instance has no such account: create it, then retry the rotation.",
                refused.what());
    }

    @Test
    void theCloudsOwnMessageIsNeverRepeated() {
        for (int status : new int[] {400, 429, 500}) {
            for (Asked asked : new Asked[] {LOOK, CHANGE}) {
                assertFalse(
                        outcome(status, "InvalidParameter", asked).toString().contains("hunter2"));
            }
        }
    }
}
