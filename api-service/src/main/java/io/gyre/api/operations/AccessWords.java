package io.gyre.api.operations;

import io.gyre.api.authorization.AccessTrial.Judged;
import io.gyre.api.policy.Ground;
import io.gyre.api.policy.Side;
import java.util.List;
import java.util.stream.Collectors;

/** What decided, and what would allow it, in sentences for people. */
final class AccessWords {
    private AccessWords() {}

    static String reason(String principal, Judged judged) {
        List<Ground> because = judged.decision().because();
        if (because.isEmpty()) {
            return "The account itself may do everything.";
        }
        return because.stream().map(each -> reason(principal, judged, each)).collect(Collectors.joining(" "));
    }

    private static String reason(String principal, Judged judged, Ground ground) {
        String whose = ground.side() == Side.RESOURCE
                ? "the policy of " + judged.resource() + " itself"
                : "policy " + ground.policy();
        if (ground.statement() == 0) {
            return ground.side() == Side.RESOURCE
                    ? "No statement of " + whose + " allows it."
                    : "No policy of " + principal + " allows it.";
        }
        String statement =
                "Statement " + ground.statement() + (ground.sid().isEmpty() ? "" : " (" + ground.sid() + ")");
        return statement + " of " + whose
                + switch (judged.decision().verdict()) {
                    case ALLOWED -> " allows it.";
                    case DENIED -> " denies it, whatever others allow.";
                    case NOT_ALLOWED -> " would allow it, but its conditions do not hold here.";
                };
    }

    /** @param ready policies of the system that allow it, by name */
    static String remedy(String principal, Judged judged, List<String> ready) {
        return judged.decision().because().stream()
                .map(each -> remedy(principal, judged, each, ready))
                .collect(Collectors.joining(" "));
    }

    private static String remedy(String principal, Judged judged, Ground ground, List<String> ready) {
        return switch (judged.decision().verdict()) {
            case ALLOWED -> "";
            case DENIED ->
                ground.side() == Side.RESOURCE
                        ? "Take the statement out of it, by SetSecretPolicy or SetKeyPolicy."
                        : "Detach the policy from " + principal + ", or give it a version without the statement.";
            case NOT_ALLOWED ->
                ground.statement() > 0
                        ? "Call as its Condition asks, or word that otherwise."
                        : silent(principal, judged, ground, ready);
        };
    }

    private static String silent(String principal, Judged judged, Ground ground, List<String> ready) {
        return ground.side() == Side.RESOURCE
                ? "Have it allow " + principal + " too, by SetSecretPolicy or SetKeyPolicy."
                : "Attach to " + principal + " a policy with the statement " + statement(judged)
                        + (ready.isEmpty() ? "." : ", or one that comes with Gyre: " + String.join(", ", ready) + ".");
    }

    private static String statement(Judged judged) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + judged.permission() + "\",\"Resource\":\"" + judged.resource()
                + "\"}";
    }
}
