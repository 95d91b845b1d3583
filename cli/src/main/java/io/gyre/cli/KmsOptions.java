package io.gyre.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which KMS API is meant, for commands that call it besides the operations API. */
final class KmsOptions {
    @Option(
            names = "--kms-endpoint",
            paramLabel = "URL",
            description =
                    "The KMS API of the installation that --endpoint names, for example https://gyre.example:7643.")
    @Nullable
    URI endpoint;
}
