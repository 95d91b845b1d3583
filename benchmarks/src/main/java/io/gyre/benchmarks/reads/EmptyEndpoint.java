package io.gyre.benchmarks.reads;

import io.gyre.benchmarks.Bench;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.process.ChildProcess;
import io.gyre.platform.process.ChildSpec;
import io.gyre.platform.process.JavaCommand;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Supervisor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A Quarkus service that answers nothing, with the certificate of the platform and the JVM settings of its api-service. */
final class EmptyEndpoint implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int HEAP_MEBIBYTES = 128;

    private final Supervisor supervisor;
    private final int port;
    private final int securePort;

    private EmptyEndpoint(Supervisor supervisor, int port, int securePort) {
        this.supervisor = supervisor;
        this.port = port;
        this.securePort = securePort;
    }

    static EmptyEndpoint start(Bench bench, Path certificate, Path key) {
        Path folder = PrivateFile.folder(bench.home().resolve("empty-endpoint"));
        Supervisor supervisor = Supervisor.in(folder.resolve("run"));
        int port = LoopbackPort.anyFree();
        int securePort = LoopbackPort.anyFree();
        Path jar = bench.checkout()
                .resolve("empty-endpoint")
                .resolve(bench.build())
                .resolve("quarkus-app/quarkus-run.jar");
        ChildProcess process = supervisor.start(new ChildSpec(
                "empty-endpoint",
                JavaCommand.ofJar(jar, HEAP_MEBIBYTES, JavaCommand.Compiler.OPTIMISING),
                Map.of(
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "QUARKUS_HTTP_SSL_PORT", Integer.toString(securePort),
                        "QUARKUS_HTTP_IO_THREADS", "2",
                        "QUARKUS_HTTP_SSL_CERTIFICATE_FILES", certificate.toString(),
                        "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES", key.toString()),
                folder,
                folder.resolve("empty-endpoint.log"),
                ChildSpec.StopSignal.TERM,
                GRACE,
                0));
        Supervisor.awaitReady(
                process, READY_WITHIN, () -> LoopbackPort.answers(port) && LoopbackPort.answers(securePort));
        return new EmptyEndpoint(supervisor, port, securePort);
    }

    URI plain() {
        return URI.create("http://127.0.0.1:" + port);
    }

    URI secure() {
        return URI.create("https://127.0.0.1:" + securePort);
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
