package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre instances}. */
@Command(
        name = "instances",
        description = "List the KMS instances. Past its expiry nothing of one can be used; 15 days later it is lost.",
        synopsisSubcommandLabel = "[COMMAND]")
final class InstancesCommand implements Callable<Integer> {
    private static final String PATH = "instances";
    private static final String PASSPHRASE = "Its one line is the passphrase, of 16 to 128 characters.";
    private static final String ROW = "%-41s %-9s %-21s %-21s %s";

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Override
    public Integer call() {
        operations.show(operations.api().get(PATH, new TreeMap<>()), InstancesCommand::list);
        return ExitStatus.DONE;
    }

    @Command(name = "create", description = "Create a KMS instance, for keys and secrets to be created in.")
    int create(
            @Mixin OperationsOptions creation,
            @Option(names = "--name", paramLabel = "NAME", description = "For people.", defaultValue = "") String name,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            description =
                                    "How long it lives, 1 to 3650 days of the calendar; without an end unless given.")
                    @Nullable
                    Long days) {
        Map<String, Object> wanted = new TreeMap<>(Map.of("name", name));
        if (days != null) {
            wanted.put("days", days);
        }
        creation.show(creation.api().post(PATH, wanted).body(), InstancesCommand::one);
        return ExitStatus.DONE;
    }

    @Command(
            name = "renew",
            description =
                    "Let a KMS instance live on for longer, from its expiry on, or from now where that has passed: then"
                            + " its keys and secrets can be used again.")
    int renew(
            @Mixin OperationsOptions renewal,
            @Parameters(paramLabel = "ID", description = "As ./gyre instances lists it.") String id,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            required = true,
                            description = "By how much, 1 to 3650 days of the calendar.")
                    long days) {
        renewal.show(
                renewal.api()
                        .post(PATH + "/" + id + "/renew", Map.of("days", days))
                        .body(),
                InstancesCommand::one);
        return ExitStatus.DONE;
    }

    @Command(
            name = "rotate-key",
            description =
                    "Give a KMS instance another key, whole or not at all. What is encrypted in it stays as it is, and its"
                            + " secrets can be read meanwhile.")
    int rotateKey(
            @Mixin OperationsOptions rotation,
            @Parameters(
                            paramLabel = "ID",
                            description =
                                    "As ./gyre instances lists it; kms-1.0 for what was created without an instance.")
                    String id) {
        rotation.show(
                rotation.api().post(PATH + "/" + id + "/rotate-key", Map.of()).body(),
                rotated -> List.of(rotated.path("instanceId").asText() + " has another key, which wraps "
                        + rotated.path("materials").asLong() + " materials of keys."));
        return ExitStatus.DONE;
    }

    @Command(
            name = "back-up",
            description = {
                "Take a backup of a KMS instance: all its keys and secrets as of one moment, sealed under a passphrase. Of an"
                        + " instance that has expired too, until it is released.",
                "Whoever has the file and the passphrase has the secrets. Without the passphrase the file opens nothing."
            })
    int backUp(
            @Mixin OperationsOptions backup,
            @Parameters(paramLabel = "ID", description = "As ./gyre instances lists it.") String id,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            required = true,
                            description = "Where to write; never over a file.")
                    Path out,
            @Option(names = "--passphrase-file", paramLabel = "FILE", required = true, description = PASSPHRASE)
                    Path passphrase) {
        if (Files.exists(out)) {
            throw new PlatformException(
                    "The file " + out + " exists, and no backup is written over it: name another one.");
        }
        JsonNode taken = backup.api()
                .post(PATH + "/" + id + "/back-up", Map.of("passphrase", line(passphrase)))
                .body();
        PrivateFile.write(out, taken.path("backup").asText() + "\n");
        ((ObjectNode) taken).remove("backup");
        backup.show(taken, answer -> List.of("Wrote " + out + ": " + counted(answer) + "."));
        return ExitStatus.DONE;
    }

    @Command(
            name = "restore",
            description =
                    "Restore a backup into a new KMS instance, whole or not at all. Keys and secrets keep their ids and names;"
                            + " those of a released instance make way.")
    int restore(
            @Mixin OperationsOptions restore,
            @Parameters(paramLabel = "FILE", description = "As back-up wrote it.") Path file,
            @Option(names = "--passphrase-file", paramLabel = "FILE", required = true, description = PASSPHRASE)
                    Path passphrase,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            description = "Of the new instance; as it was called before unless given.",
                            defaultValue = "")
                    String name,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            description =
                                    "How long it lives, 1 to 3650 days of the calendar; without an end unless given.")
                    @Nullable
                    Long days) {
        Map<String, Object> wanted =
                new TreeMap<>(Map.of("passphrase", line(passphrase), "backup", line(file), "name", name));
        if (days != null) {
            wanted.put("days", days);
        }
        restore.show(restore.api().post(PATH + "/restore", wanted).body(), answer -> {
            List<String> lines = new ArrayList<>(one(answer.path("instance")));
            lines.add("Restored " + counted(answer) + ".");
            return lines;
        });
        return ExitStatus.DONE;
    }

    /** The one line of a file. */
    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new PlatformException("The file " + file + " cannot be read: name one that you may read.", e);
        }
    }

    private static String counted(JsonNode answer) {
        return answer.path("keys").asInt() + " keys, " + answer.path("secrets").asInt() + " secrets with "
                + answer.path("versions").asInt() + " versions";
    }

    private static List<String> list(JsonNode answer) {
        JsonNode instances = answer.path("instances");
        if (instances.isEmpty()) {
            return List.of("There is no KMS instance: all keys and secrets are KMS 1.0's, which does not expire.");
        }
        List<String> lines = new ArrayList<>(List.of(header()));
        instances.forEach(instance -> lines.add(row(instance)));
        return lines;
    }

    private static List<String> one(JsonNode instance) {
        return List.of(header(), row(instance));
    }

    private static String header() {
        return String.format(ROW, "instance", "status", "expires", "released", "name");
    }

    private static String row(JsonNode instance) {
        return String.format(
                        ROW,
                        instance.path("instanceId").asText(),
                        instance.path("status").asText(),
                        seconds(instance.path("expiresAt").asText("never")),
                        seconds(instance.path("releasedAt")
                                .asText(instance.path("releasePlannedAt").asText("never"))),
                        instance.path("name").asText())
                .stripTrailing();
    }

    /** A time of the API without its fractions. */
    private static String seconds(String time) {
        return time.replaceFirst("\\.[0-9]+Z$", "Z");
    }
}
