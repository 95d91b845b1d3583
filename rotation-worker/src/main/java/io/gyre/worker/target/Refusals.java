package io.gyre.worker.target;

import static io.gyre.worker.machine.Remedy.ASK_PERSON;
import static io.gyre.worker.machine.Remedy.REPLACE;
import static io.gyre.worker.machine.Remedy.RETRY;
import static io.gyre.worker.machine.Remedy.ROLL_BACK;
import static java.util.Map.entry;

import io.gyre.rpc.RpcFailure;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcNotSent;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Remedy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each failure of a call means for a rotation, in one place. The codes are those that the products' API metadata
 * and the general RPC error table list. A cloud's own message is never repeated: it may quote a parameter.
 */
final class Refusals {
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final String OWN_KEY =
            "The cloud does not accept Gyre's own AccessKey: correct gyre.cloud.access-key-id and -secret";
    private static final String OWN_CLOCK = "The clocks of this host and the cloud differ too much: set this host's";
    private static final String ENDPOINT = "This is not the API that Gyre knows: correct the endpoint under gyre.cloud";
    private static final String PERMISSION = "Gyre's RAM user may not do this: grant it the permission";
    private static final String NO_RAM_USER = "There is no such RAM user: create it, or delete the secret";
    private static final String NO_RDS_INSTANCE = "There is no such RDS instance: delete the secret if it is gone";
    private static final String NO_ECS_INSTANCE = "There is no such ECS instance: delete the secret if it is gone";
    private static final String ECS_NOT_RUNNING = "The ECS instance does not run: start it";
    private static final String AGENT_AWAY =
            "The instance's command agent does not answer: see whether the instance and its agent run";
    private static final String COMMAND_FAILED = "The command did not run to its end on the instance";

    /** What a code means. */
    private record Line(Remedy remedy, String advice) {}

    // spotless:off
    /** A code that is not here counts as the longest of its beginnings, up to a dot, that is. */
    private static final Map<String, Line> CODES = Map.ofEntries(
            // Any product.
            entry("Throttling", new Line(RETRY, "The cloud limits how often Gyre may call")),
            entry("Rejected.Throttling", new Line(RETRY, "The cloud limits how often Gyre may call")),
            entry("ServiceUnavailable", new Line(RETRY, "The service is not available just now")),
            entry("ServiceUnavailableTemporary", new Line(RETRY, "The service is not available just now")),
            entry("SignatureNonceUsed", new Line(RETRY, "The request was seen twice")),
            entry("NoPermission", new Line(ASK_PERSON, PERMISSION)),
            entry("Forbidden", new Line(ASK_PERSON, PERMISSION)),
            entry("InvalidAccessKeyId", new Line(ASK_PERSON, OWN_KEY)),
            entry("SignatureDoesNotMatch", new Line(ASK_PERSON, OWN_KEY)),
            entry("IncompleteSignature", new Line(ASK_PERSON, OWN_KEY)),
            entry("InvalidTimeStamp", new Line(ASK_PERSON, OWN_CLOCK)),
            entry("IllegalTimestamp", new Line(ASK_PERSON, OWN_CLOCK)),
            entry("InvalidAction", new Line(ASK_PERSON, ENDPOINT)),
            entry("InvalidVersion", new Line(ASK_PERSON, ENDPOINT)),
            // RAM.
            entry("EntityNotExist.User", new Line(ASK_PERSON, NO_RAM_USER)),
            entry("EntityNotExist.User.AccessKey", new Line(ASK_PERSON, "The RAM user has no such AccessKey: look at its keys")),
            entry("InvalidParameter.UserName", new Line(ASK_PERSON, "No RAM user can have this name: delete the secret")),
            entry("LimitExceeded.User.AccessKey", new Line(RETRY, "The RAM user has two AccessKeys already")),
            // RDS.
            entry("InvalidDBInstanceId.NotFound", new Line(ASK_PERSON, NO_RDS_INSTANCE)),
            entry("InvalidDBInstanceName.NotFound", new Line(ASK_PERSON, NO_RDS_INSTANCE)),
            entry("InvalidAccountName.NotFound", new Line(ASK_PERSON, "The RDS instance has no such account: create it")),
            entry("InvalidAccountName.Forbid", new Line(ROLL_BACK, "RDS does not let anybody change this account: use another one")),
            entry("IncorrectAccountType", new Line(ROLL_BACK, "RDS does not let the password of such an account be set: use another one")),
            entry("IncorrectAccountStatus", new Line(RETRY, "RDS is at work on the account")),
            entry("InvalidAccountPassword", new Line(REPLACE, "RDS does not take this password")),
            entry("IncorrectDBInstanceState", new Line(ASK_PERSON, "The RDS instance does not run: start it")),
            entry("IncorrectDBInstanceLockMode", new Line(ASK_PERSON, "The RDS instance is locked: unlock it")),
            // ECS, as refusals of calls.
            entry("InvalidInstance.NotFound", new Line(ASK_PERSON, NO_ECS_INSTANCE)),
            entry("InvalidInstanceId.NotFound", new Line(ASK_PERSON, NO_ECS_INSTANCE)),
            entry("InvalidInstance.NotMatch", new Line(ROLL_BACK, "The command does not fit the instance's operating system: see the secret's InstanceId")),
            entry("Parameter.NotMatched", new Line(ROLL_BACK, "The cloud's command takes other parameters than Gyre gives: see whether Gyre is up to date")),
            entry("InvalidCmdId.NotFound", new Line(ROLL_BACK, "The cloud does not offer the command that rotates ECS credentials: see the secret's RegionId")),
            entry("IncorrectInstanceStatus", new Line(ASK_PERSON, ECS_NOT_RUNNING)),
            entry("InstanceNotRunning", new Line(ASK_PERSON, ECS_NOT_RUNNING)),
            // ECS, as results of a command.
            entry("AccountNotExists", new Line(ASK_PERSON, "The instance has no such account: create it")),
            entry("InstanceNotExists", new Line(ASK_PERSON, NO_ECS_INSTANCE)),
            entry("InstanceReleased", new Line(ASK_PERSON, NO_ECS_INSTANCE)),
            entry("CommandNotApplicable", new Line(ROLL_BACK, "The command does not fit the instance's operating system: see the secret's InstanceId")),
            entry("ClientNeedUpgrade", new Line(ROLL_BACK, "The instance's command agent is too old: upgrade it")),
            entry("ClientIsUpgrading", new Line(RETRY, "The instance's command agent is being upgraded")),
            entry("ClientNotRunning", new Line(RETRY, AGENT_AWAY)),
            entry("ClientNotResponse", new Line(RETRY, AGENT_AWAY)),
            entry("DeliveryTimeout", new Line(RETRY, AGENT_AWAY)),
            entry("ExecutionTimeout", new Line(RETRY, COMMAND_FAILED)),
            entry("ExecutionException", new Line(RETRY, COMMAND_FAILED)),
            entry("ExecutionInterrupted", new Line(RETRY, COMMAND_FAILED)),
            entry("ExitCodeNonzero", new Line(RETRY, COMMAND_FAILED)));
    // spotless:on

    private static final Line UNKNOWN_CODE =
            new Line(ASK_PERSON, "Gyre does not know this refusal: look the code up in the product's documents");
    private static final Line FAILED_COMMAND = new Line(RETRY, COMMAND_FAILED);
    private static final Line SERVER_FAILED = new Line(RETRY, "The service failed inside");

    private Refusals() {}

    /** Of a call that did not succeed. */
    static Outcome of(RpcFailure failure, Asked asked) {
        if (failure instanceof RpcFault fault) {
            return ofFault(fault, asked);
        }
        // These two messages are made by Gyre: action, endpoint and what was seen.
        String what = asked.product() + ", " + asked.resource() + ": " + failure.getMessage();
        return failure instanceof RpcNotSent ? new Refused(RETRY, "NotReached", what) : new Unclear(what);
    }

    private static Outcome ofFault(RpcFault fault, Asked asked) {
        if (isThrottling(fault)) {
            return refused(line(fault.code(), SERVER_FAILED), fault.code(), answered(fault, asked));
        }
        if (fault.status() >= SERVER_ERROR) {
            return asked.changes()
                    ? new Unclear(answered(fault, asked) + " The service failed inside; it may have been done.")
                    : refused(line(fault.code(), SERVER_FAILED), fault.code(), answered(fault, asked));
        }
        return refused(line(fault.code(), UNKNOWN_CODE), fault.code(), answered(fault, asked));
    }

    private static boolean isThrottling(RpcFault fault) {
        return fault.status() == TOO_MANY_REQUESTS || fault.code().contains("Throttling");
    }

    /** Of a command that was taken and then failed on the instance. */
    static Refused ofCommand(String errorCode, Asked asked) {
        String code = errorCode.isEmpty() ? "CommandFailed" : errorCode;
        return refused(line(code, FAILED_COMMAND), code, asked.resource() + " failed with " + code + ".");
    }

    /** Of what an answer shows: the same sentence as if the call had been refused with this code. */
    static Refused ofState(String code, Asked asked, String seen) {
        return refused(line(code, UNKNOWN_CODE), code, asked.product() + ", " + asked.resource() + ": " + seen + ".");
    }

    private static Refused refused(Line line, String code, String what) {
        String then = line.remedy() == ASK_PERSON ? ", then retry the rotation." : ".";
        return new Refused(line.remedy(), code, what + " " + line.advice() + then);
    }

    private static String answered(RpcFault fault, Asked asked) {
        String request = fault.details().get("RequestId");
        return asked.product() + " refused " + asked.action() + " for " + asked.resource() + " with " + fault.code()
                + (request == null ? "." : " (request " + request + ").");
    }

    private static Line line(String code, Line otherwise) {
        String beginning = code;
        while (true) {
            @Nullable Line line = CODES.get(beginning);
            if (line != null) {
                return line;
            }
            int dot = beginning.lastIndexOf('.');
            if (dot < 0) {
                return otherwise;
            }
            beginning = beginning.substring(0, dot);
        }
    }
}
