package io.gyre.cli;

import io.gyre.cli.kafka.KafkaPlace;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.PlatformState;
import io.gyre.platform.Ports;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka is meant; the local platform's unless said otherwise. */
final class KafkaOptions {
    @Option(names = "--home", paramLabel = "FOLDER", description = "Of the platform that was started with this home.")
    @Nullable
    private Path home;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka of another installation, more than one with commas between.")
    @Nullable
    private String bootstrap;

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description =
                    "Further settings of Kafka's clients, as its own tools take them: lines NAME=VALUE, for example of TLS.")
    @Nullable
    private Path clientConfig;

    KafkaPlace place() {
        return KafkaPlace.of(bootstrap == null ? local() : bootstrap, clientConfig);
    }

    private String local() {
        return "127.0.0.1:"
                + PlatformState.of(Places.inUse(home))
                        .map(PlatformState::ports)
                        .orElse(new Ports(PlatformPlan.DEFAULT_PORT_BASE, PlatformPlan.DEFAULT_WORKERS))
                        .kafka();
    }
}
