package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.doctor.Installation;
import io.gyre.cli.kafka.KafkaPlace;
import io.gyre.cli.operations.OperationsApi;
import io.gyre.cli.operations.RpcCaller;
import io.gyre.cli.terminal.Console;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.Home;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.PlatformState;
import io.gyre.platform.Ports;
import io.gyre.platform.tls.LocalAuthority;
import io.gyre.rpc.RpcCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which operations API is meant, who asks, and how the answer is shown; the local platform's unless said otherwise. */
final class OperationsOptions {
    @Option(names = "--home", paramLabel = "FOLDER", description = "Of the platform that was started with this home.")
    @Nullable
    private Path home;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "The operations API of another installation, for example https://gyre.example:7644.")
    @Nullable
    private URI endpoint;

    @Option(
            names = "--authority-file",
            paramLabel = "FILE",
            defaultValue = "${env:GYRE_AUTHORITY_FILE}",
            description =
                    "Trust a server's certificate by these authorities alone, in PEM (default: GYRE_AUTHORITY_FILE in the"
                            + " environment, else those of the JDK).")
    @Nullable
    private Path authorityFile;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The AccessKey to sign with: lines AccessKeyId=… and AccessKeySecret=….")
    @Nullable
    private Path keyFile;

    @Option(names = "--json", description = "Show the API's own JSON.")
    boolean json;

    OperationsApi api() {
        Home meant = Places.inUse(home);
        return new OperationsApi(
                endpoint == null ? URI.create("http://127.0.0.1:" + ports(meant).apiOps()) : endpoint,
                key(),
                authorityFile);
    }

    /**
     * The KMS API of the same installation, called with the same AccessKey.
     *
     * @param named where it is; null for that of the local platform
     */
    RpcCaller kms(@Nullable URI named) {
        if (named == null && endpoint != null) {
            throw new PlatformException("Where the KMS API of the installation at " + endpoint
                    + " is has to be said: name it with --kms-endpoint, for example https://gyre.example:7643.");
        }
        return RpcCaller.kms(
                named == null
                        ? URI.create(
                                "http://127.0.0.1:" + ports(Places.inUse(home)).api())
                        : named,
                key(),
                authorityFile);
    }

    /**
     * All of it, for a look from end to end; nothing is read or asked yet.
     *
     * @param bootstrap Kafka; null for the local platform's, or for none of another installation
     * @param clientConfig settings of Kafka's clients; null for none
     */
    Installation installation(@Nullable String bootstrap, @Nullable Path clientConfig) {
        if (endpoint != null) {
            return new Installation(
                    endpoint,
                    this::api,
                    "https".equalsIgnoreCase(endpoint.getScheme()) ? List.of(endpoint) : List.of(),
                    authorityFile,
                    bootstrap == null ? null : KafkaPlace.of(bootstrap, clientConfig),
                    null);
        }
        Home meant = Places.inUse(home);
        Ports ports = ports(meant);
        return new Installation(
                URI.create("http://127.0.0.1:" + ports.apiOps()),
                this::api,
                List.of(
                        URI.create("https://127.0.0.1:" + ports.apiOverTls()),
                        URI.create("https://127.0.0.1:" + ports.apiOpsOverTls())),
                LocalAuthority.certificateIn(meant.tls()),
                KafkaPlace.of(bootstrap == null ? "127.0.0.1:" + ports.kafka() : bootstrap, clientConfig),
                meant);
    }

    private RpcCredentials key() {
        return AccessKeyFile.read(keyFile == null ? Places.inUse(home).administratorKeyFile() : keyFile);
    }

    /** Of the local platform that is meant; null where another installation is. */
    @Nullable
    String kafka() {
        return endpoint == null ? "127.0.0.1:" + ports(Places.inUse(home)).kafka() : null;
    }

    private static Ports ports(Home meant) {
        return PlatformState.of(meant)
                .map(PlatformState::ports)
                .orElse(new Ports(PlatformPlan.DEFAULT_PORT_BASE, PlatformPlan.DEFAULT_WORKERS));
    }

    /** @param lines how people read it */
    List<String> shown(JsonNode answer, Function<JsonNode, List<String>> lines) {
        return json ? List.of(answer.toPrettyString()) : lines.apply(answer);
    }

    void show(JsonNode answer, Function<JsonNode, List<String>> lines) {
        shown(answer, lines).forEach(Console.standard()::line);
    }
}
