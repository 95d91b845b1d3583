package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.operations.ScheduleLines;
import io.gyre.platform.PlatformException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre schedule policy}. */
@Command(
        name = "policy",
        description = "Let a secret be rotated every so often, or not by itself any more, by the KMS API's"
                + " UpdateSecretRotationPolicy. The AccessKey needs kms:UpdateSecretRotationPolicy on the secret.",
        synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand {
    private static final String ACTION = "UpdateSecretRotationPolicy";
    private static final String OF_SECRET = "schedule/secret";

    @Command(
            name = "set",
            description =
                    "Let a secret be rotated every so often. Where that would rotate it at once, since its last rotation is"
                            + " longer ago, nothing is set unless --at-once says that this is meant.")
    int set(
            @Mixin OperationsOptions order,
            @Mixin KmsOptions kms,
            @Parameters(paramLabel = "SECRET", description = "Its name.") String secret,
            @Option(
                            names = "--interval",
                            paramLabel = "LENGTH",
                            required = true,
                            description = "6h to 365d, for example 7d.")
                    String interval,
            @Option(names = "--at-once", description = "Also where it is rotated at once by that.") boolean atOnce) {
        SortedMap<String, String> previewed = named(secret);
        previewed.put("interval", interval);
        JsonNode preview = order.api().get(OF_SECRET + "/preview", previewed);
        if (preview.path("atOnce").asBoolean() && !atOnce) {
            throw new PlatformException("With an interval of " + interval + ", " + secret
                    + " would be rotated at once, and nothing was set: say --at-once if that is meant.");
        }
        return changed(
                order,
                kms,
                secret,
                Map.of("SecretName", secret, "EnableAutomaticRotation", "true", "RotationInterval", interval));
    }

    @Command(name = "clear", description = "Let a secret be rotated only when that is asked for.")
    int clear(
            @Mixin OperationsOptions order,
            @Mixin KmsOptions kms,
            @Parameters(paramLabel = "SECRET", description = "Its name.") String secret) {
        return changed(order, kms, secret, Map.of("SecretName", secret, "EnableAutomaticRotation", "false"));
    }

    private static int changed(OperationsOptions order, KmsOptions kms, String secret, Map<String, String> parameters) {
        var unused = order.kms(kms.endpoint).call(ACTION, parameters);
        order.show(order.api().get(OF_SECRET, named(secret)), ScheduleLines::one);
        return ExitStatus.DONE;
    }

    private static SortedMap<String, String> named(String secret) {
        return new TreeMap<>(Map.of("secretName", secret));
    }
}
