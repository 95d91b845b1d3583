package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.crypto.tink.Aead;
import io.gyre.cli.terminal.Console;
import io.gyre.envelope.CloudKey;
import io.gyre.envelope.EnvelopeException;
import io.gyre.envelope.RootKeyId;
import io.gyre.envelope.TokenKey;
import io.gyre.envelope.WrappedRootKey;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre root-key}. */
@Command(
        name = "root-key",
        description = "The key below which everything is encrypted.",
        synopsisSubcommandLabel = "COMMAND")
final class RootKeyCommand {
    private static final String PATH = "root-keys";

    @Command(
            name = "status",
            description = "Tell which root keys there are, what is sealed under each, and which may be taken away.")
    int status(@Mixin OperationsOptions operations) {
        operations.show(operations.api().get(PATH, new TreeMap<>()), RootKeyCommand::lines);
        return ExitStatus.DONE;
    }

    @Command(
            name = "rotate",
            description =
                    "Make another root key the current one, and seal under it what is stored. Every process must have been"
                            + " given it beside the current one.")
    int rotate(
            @Parameters(paramLabel = "ID", description = "Of the root key to rotate to.") String id,
            @Mixin OperationsOptions order) {
        if (!RootKeyId.isOne(id)) {
            throw new PlatformException("\"" + id + "\" is no id of a root key, which has 16 digits of 0-9 and a-f: "
                    + "./gyre root-key status lists them.");
        }
        order.show(order.api().post(PATH + "/" + id + "/rotate-to", Map.of()).body(), RootKeyCommand::lines);
        return ExitStatus.DONE;
    }

    /** The key that is to wrap a root key. */
    static final class Wrapping {
        @ArgGroup(exclusive = false)
        @Nullable
        private Token token;

        @ArgGroup(exclusive = false)
        @Nullable
        private Cloud cloud;

        static final class Token {
            @Option(
                    names = "--pkcs11-library",
                    paramLabel = "FILE",
                    required = true,
                    description = "The PKCS#11 library of the token's vendor.")
            private Path library = Path.of("");

            @Option(names = "--pkcs11-slot", paramLabel = "N", required = true, description = "The token's slot.")
            private long slot;

            @Option(
                    names = "--pkcs11-key",
                    paramLabel = "LABEL",
                    required = true,
                    description = "Of the AES key in the token that wraps the root key.")
            private String key = "";

            @Option(
                    names = "--pkcs11-pin-file",
                    paramLabel = "FILE",
                    required = true,
                    description = "Holds the user's PIN; mode 0600.")
            private Path pinFile = Path.of("");
        }

        static final class Cloud {
            @Option(
                    names = "--kms-uri",
                    paramLabel = "URI",
                    required = true,
                    description = "The key that wraps the root key, as aws-kms://… or gcp-kms://…")
            private String uri = "";

            @Option(
                    names = "--kms-credentials-file",
                    paramLabel = "FILE",
                    description = "As the cloud's client takes them; its default without.")
            @Nullable
            private Path credentials;
        }
    }

    @Command(
            name = "wrap",
            description =
                    "Make a root key that a key in a PKCS#11 token or at a cloud wraps, and write the wrapped form to a file."
                            + " Nothing else is asked or changed.")
    int wrap(
            @ArgGroup(multiplicity = "1") Wrapping wrapping,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            required = true,
                            description = "Where to write; never over a file.")
                    Path out,
            @Option(
                            names = "--root-key-file",
                            paramLabel = "FILE",
                            description = "Wrap the root key that this file holds, instead of a fresh one.")
                    @Nullable
                    Path existing) {
        if (Files.exists(out)) {
            throw new PlatformException(
                    "The file " + out + " exists, and no root key is written over it: name another one.");
        }
        try {
            WrappedRootKey wrapped = wrapped(wrapping, existing);
            PrivateFile.write(out, wrapped.base64() + "\n");
            Console.standard()
                    .line("Wrote " + out + ": root key " + wrapped.id() + ", wrapped. Keep a copy of the file.");
        } catch (EnvelopeException e) {
            throw new PlatformException(String.valueOf(e.getMessage()), e);
        }
        return ExitStatus.DONE;
    }

    private static WrappedRootKey wrapped(Wrapping wrapping, @Nullable Path existing) {
        Wrapping.Token token = wrapping.token;
        if (token != null) {
            try (TokenKey key = TokenKey.of(token.library, token.slot, token.key, token.pinFile)) {
                return wrapped(key, existing);
            }
        }
        Wrapping.Cloud cloud = Objects.requireNonNull(wrapping.cloud);
        return wrapped(CloudKey.of(cloud.uri, Optional.ofNullable(cloud.credentials)), existing);
    }

    private static WrappedRootKey wrapped(Aead key, @Nullable Path existing) {
        return existing == null ? WrappedRootKey.fresh(key) : WrappedRootKey.ofFile(existing, key);
    }

    private static List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode key : answer.path("keys")) {
            lines.add(key.path("id").asText() + "  " + sentence(key));
        }
        lines.add(
                answer.path("settled").asBoolean()
                        ? "Everything that is stored is sealed under the current root key."
                        : "What is stored is being sealed under the current root key.");
        for (JsonNode process : answer.path("processes")) {
            List<String> knows = new ArrayList<>();
            process.path("knows").forEach(id -> knows.add(id.asText()));
            lines.add("  " + process.path("kind").asText() + " "
                    + process.path("name").asText() + " was given " + String.join(" and ", knows));
        }
        return lines;
    }

    private static String sentence(JsonNode key) {
        String amount = key.path("instances").asLong() + " keys of instances, "
                + key.path("accessKeys").asLong() + " AccessKeys, "
                + key.path("auditKeys").asLong() + " keys of the audit log, "
                + key.path("webhookSecrets").asLong() + " secrets of webhooks";
        if (key.path("current").asBoolean()) {
            return "current: " + amount;
        }
        if (key.path("removable").asBoolean()) {
            return "seals nothing: it may be taken away from every process, or rotated to";
        }
        String until = key.path("sessionsUntil").asText();
        return "keep it: " + amount + (until.isEmpty() ? "" : ", sessions until " + until);
    }
}
