package io.gyre.platform.testing;

import io.gyre.event.Topics;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.kafka.KafkaBroker;
import io.gyre.platform.kafka.KafkaPlan;
import io.gyre.platform.postgres.PostgresPlan;
import io.gyre.platform.postgres.PostgresServer;
import io.gyre.platform.postgres.PostgresSoftware;
import io.gyre.platform.postgres.PostgresSuperuser;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Supervisor;
import java.nio.file.Path;

/** The servers of the local platform, in a folder below {@code target} that goes when the JVM ends. */
final class EmbeddedServers {

    private static final Path TARGET = Path.of("target", "test-platform").toAbsolutePath();

    private static final int ENOUGH_FOR_SEVERAL_APPLICATIONS = 200;

    private EmbeddedServers() {}

    static PostgresSuperuser startPostgres() {
        Path home = homeOf("postgres");
        PostgresPlan plan = new PostgresPlan(
                "postgres",
                home.resolve("data"),
                home.resolve("postgres.log"),
                LoopbackPort.anyFree(),
                "platform",
                home.resolve("password"),
                ENOUGH_FOR_SEVERAL_APPLICATIONS,
                0);
        return PostgresServer.start(supervisor(home), PostgresSoftware.in(TARGET.resolve("software")), plan);
    }

    static String startKafka() {
        Path home = homeOf("kafka");
        KafkaPlan plan = new KafkaPlan(
                "kafka",
                home.resolve("data"),
                home.resolve("kafka.log"),
                LoopbackPort.anyFree(),
                LoopbackPort.anyFree(),
                0);
        KafkaBroker.start(supervisor(home), plan, Topics.all());
        return plan.bootstrapServers();
    }

    private static Path homeOf(String server) {
        Path home = TARGET.resolve(server + "-" + ProcessHandle.current().pid());
        PrivateFile.deleteTree(home);
        return PrivateFile.folder(home);
    }

    private static Supervisor supervisor(Path home) {
        Supervisor supervisor = Supervisor.in(home.resolve("run"));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            supervisor.close();
                            PrivateFile.deleteTree(home);
                        },
                        "stop-" + home.getFileName()));
        return supervisor;
    }
}
