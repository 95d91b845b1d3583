package io.gyre.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program: how it says that it does not start. */
class RotationWorkerIT {
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    @Test
    void aMissingRootKeyIsSaidInOneSentence() throws Exception {
        expectRefusal("No root key is given, and there is no default", Map.of());
    }

    @Test
    void aRootKeyThatOthersMayReadIsSaidInOneSentence() throws Exception {
        Path key = rootKey();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        expectRefusal("run chmod 600 on it", Map.of("GYRE_ROOT_KEY_FILE", key.toString()));
    }

    @Test
    void anUnknownRotationTypeIsSaidInOneSentence() throws Exception {
        expectRefusal(
                "GYRE_WORKER_TYPES names the rotation type \"oracle\"",
                Map.of("GYRE_ROOT_KEY_FILE", rootKey().toString(), "GYRE_WORKER_TYPES", "oracle"));
    }

    private Path rootKey() throws IOException {
        Path file = Files.createFile(
                folder.resolve("root.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    }

    private void expectRefusal(String sentence, Map<String, String> settings) throws Exception {
        Path told = folder.resolve("worker.log");
        ProcessBuilder worker = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString()))
                .redirectErrorStream(true)
                .redirectOutput(told.toFile());
        worker.environment().putAll(complete());
        worker.environment().putAll(settings);
        Process process = worker.start();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it goes on");
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(told);
        assertEquals(1, process.exitValue(), () -> String.join("\n", lines));
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line -> line.startsWith("rotation-worker did not start: ") && line.contains(sentence)),
                () -> String.join("\n", lines));
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("\tat ")), () -> String.join("\n", lines));
    }

    /** All that a worker needs but a root key; nobody is there. */
    private Map<String, String> complete() throws IOException {
        Path secrets = folder.resolve("worker.properties");
        Files.writeString(secrets, """
                gyre.db.password=none
                gyre.cloud.access-key-id=none
                gyre.cloud.access-key-secret=none
                """);
        Map<String, String> environment = new HashMap<>();
        environment.put("SMALLRYE_CONFIG_LOCATIONS", secrets.toString());
        environment.put("GYRE_DB_PORT", "1");
        environment.put("GYRE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("GYRE_OPS_PORT", "0");
        for (String service : List.of("RAM", "STS", "RDS", "ECS")) {
            environment.put("GYRE_CLOUD_" + service + "_ENDPOINT", "http://127.0.0.1:1");
        }
        environment.put("GYRE_WORKER_NAME", "worker-1");
        return environment;
    }
}
