package io.gyre.api.secrets;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretType;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The pairs of CustomData that Gyre's rotations read. Any other pair is its owner's own; one of these is refused at once if
 * a rotation could not follow it.
 */
final class CustomDataRules {
    private static final Pattern HOST_KEY = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final int LAST_PORT = 65_535;

    /** @param must what the value must be, in words that go on after "must be" */
    private record Rule(SecretType type, String name, Predicate<String> holds, String must) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    SecretType.RAM,
                    "WhenFormerKeyInUse",
                    List.of("proceed", "extend", "wait")::contains,
                    "proceed, extend or wait"),
            new Rule(SecretType.ECS, "SshPort", CustomDataRules::isPort, "a number from 1 to " + LAST_PORT),
            new Rule(SecretType.ECS, "SshKeyType", CustomDataRules::isKeyType, "RSA or Ed25519"),
            new Rule(
                    SecretType.ECS,
                    "SshHostKeySha256",
                    value -> HOST_KEY.matcher(value).matches(),
                    "SHA256: and 43 characters, as ssh-keygen -l prints it"));

    private CustomDataRules() {}

    /** @throws RpcFault InvalidParameter */
    static void check(SecretType type, Map<String, String> customData) {
        for (Rule rule : RULES) {
            String value = customData.get(rule.name);
            if (rule.type == type && value != null && !rule.holds.test(value)) {
                throw KmsFaults.invalid(
                        "ExtendedConfig", "its CustomData." + rule.name + " must be " + rule.must + ".");
            }
        }
    }

    private static boolean isPort(String value) {
        return PORT.matcher(value).matches() && Integer.parseInt(value) <= LAST_PORT;
    }

    private static boolean isKeyType(String value) {
        return value.equalsIgnoreCase("RSA") || value.equalsIgnoreCase("Ed25519");
    }
}
