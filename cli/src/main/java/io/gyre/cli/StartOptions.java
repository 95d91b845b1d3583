package io.gyre.cli;

import io.gyre.platform.Home;
import io.gyre.platform.PlatformPlan;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a person may choose about a platform to be started. */
final class StartOptions {

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "Keep data, logs and secrets here (default: .gyre/up or .gyre/demo below the checkout).")
    @Nullable
    Path home;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description = "The API's port, from which all others are counted (default: ${DEFAULT-VALUE}).")
    int portBase = PlatformPlan.DEFAULT_PORT_BASE;

    @Option(
            names = "--traces",
            paramLabel = "ENDPOINT",
            description =
                    "Send traces to this OTLP endpoint by gRPC, for example http://127.0.0.1:4317 (default: nowhere).")
    @Nullable
    String traces;

    PlatformPlan plan(Home chosen, double speed) {
        return new PlatformPlan(chosen.folder(), Places.checkout(), Places.build(), portBase, speed).tracedTo(traces);
    }
}
