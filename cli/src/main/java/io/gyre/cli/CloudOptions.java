package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.operations.RpcCaller;
import io.gyre.cli.terminal.Console;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.Home;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.PlatformState;
import io.gyre.platform.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which simulated cloud is meant, and how its answer is shown; the local platform's unless said otherwise. */
final class CloudOptions {
    @Option(names = "--home", paramLabel = "FOLDER", description = "Of the platform that was started with this home.")
    private @Nullable Path home;

    @Option(
            names = "--cloud-endpoint",
            paramLabel = "URL",
            description = "Another simulated cloud on this machine, for example http://127.0.0.1:7620.")
    private @Nullable URI endpoint;

    @Option(
            names = "--cloud-key-file",
            paramLabel = "FILE",
            description = "The cloud account's own AccessKey: lines AccessKeyId=… and AccessKeySecret=….")
    private @Nullable Path keyFile;

    @Option(names = "--json", description = "Show the cloud's own JSON.")
    private boolean json;

    RpcCaller api() {
        Home meant = Places.inUse(home);
        Ports ports = PlatformState.of(meant)
                .map(PlatformState::ports)
                .orElse(new Ports(PlatformPlan.DEFAULT_PORT_BASE, PlatformPlan.DEFAULT_WORKERS));
        return RpcCaller.simulator(
                endpoint == null ? URI.create("http://127.0.0.1:" + ports.simulator()) : endpoint,
                AccessKeyFile.read(keyFile == null ? meant.cloudAccountKeyFile() : keyFile));
    }

    void show(JsonNode answer, Function<JsonNode, List<String>> lines) {
        (json ? List.of(answer.toPrettyString()) : lines.apply(answer)).forEach(Console.standard()::line);
    }
}
