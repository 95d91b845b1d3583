package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.operations.SecretRotations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre rotate}. */
@Command(
        name = "rotate",
        description =
                "Begin a rotation of a secret now, by the KMS API's RotateSecret, and tell which one that is. The AccessKey"
                        + " needs kms:RotateSecret on the secret.",
        footer = {
            "",
            "Exit status: 0 if it has begun, 1 if it was refused; with --watch 0 if it succeeded, 9 if it failed or waits for"
                    + " a person."
        })
final class RotateCommand implements Callable<Integer> {
    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Mixin
    private final KmsOptions kms = new KmsOptions();

    @Parameters(paramLabel = "SECRET", description = "Its name.")
    private String secret = "";

    @Option(
            names = "--version-id",
            paramLabel = "ID",
            description =
                    "The new version's id. Asked again with the same one, nothing more begins (default: a new UUID).")
    @Nullable
    private String versionId;

    @Option(
            names = "--window",
            paramLabel = "SPAN",
            converter = SpanConverter.class,
            description = "How long the former AccessKey of a RAM user lives on, 10m to 48h (default: 30m).")
    @Nullable
    private Duration window;

    @Option(names = "--watch", description = "Show the rotation as it changes, until it ends or waits for a person.")
    private boolean watch;

    @Override
    public Integer call() {
        String version = versionId == null ? UUID.randomUUID().toString() : versionId;
        TreeMap<String, String> order = new TreeMap<>(Map.of("SecretName", secret, "VersionId", version));
        if (window != null) {
            order.put("RotationWindow", window.toSeconds() + "s");
        }
        String name = operations
                .kms(kms.endpoint)
                .call("RotateSecret", order)
                .path("SecretName")
                .asText();
        JsonNode rotation = SecretRotations.towards(operations.api(), name, version);
        String id = rotation.path("rotationId").asText();
        if (watch) {
            return RotationWatch.untilNothingComes(operations, id);
        }
        operations.show(
                rotation,
                begun -> List.of("The rotation of " + name + " has begun: ./gyre rotation show " + id + " --watch"));
        return ExitStatus.DONE;
    }
}
