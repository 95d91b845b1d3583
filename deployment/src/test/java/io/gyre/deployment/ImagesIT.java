package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rpc.RpcFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The processes as an engine starts them: from the layers of their images, with the images' entry points, folders and variables. In place
 * of the base image stands this JVM's own installation.
 */
class ImagesIT {
    private static final Path IMAGES = Project.ROOT.resolve("deployment/target/layouts");

    @TempDir
    private Path folder;

    @Test
    void theProcessesRunFromTheirImagesAndAnswer() throws Exception {
        Map<String, Set<String>> packed = new HashMap<>();
        try (ComposedProcesses processes = new ComposedProcesses(folder)) {
            for (String process : Project.PROCESSES) {
                Image image = Image.of(IMAGES.resolve(process + ".tar"), folder.resolve(process + "-layout"));
                assertEquals("linux/amd64", image.architecture());
                assertEquals("1000:1000", image.user());
                image.unpackInto(root(process));
                packed.put(process, files(root(process)));
                String working = image.workingDirectory().toString().substring(1);
                processes.start(
                        process, process, image.entrypoint(), root(process).resolve(working), image.environment());
            }
            Project.PROCESSES.forEach(processes::awaitReady);

            // api-service asks a worker, and that one the simulated cloud.
            RpcFault refusal =
                    assertThrows(RpcFault.class, () -> processes.createSecretOfAbsentInstance("api-service"));
            assertEquals("InvalidParameter", refusal.code(), refusal.text());
            assertTrue(refusal.text().contains("rm-absent"), refusal.text());
            theWorkersRoleMayAskWhatIsDue(processes);
            Project.PROCESSES.forEach(processes::terminate);
        }
        for (String process : Project.PROCESSES) {
            assertEquals(packed.get(process), files(root(process)), process + " writes where an image is read-only");
        }
    }

    private Path root(String process) {
        return folder.resolve(process);
    }

    /** Whoever runs the image is another user than whoever built it. */
    private static Set<String> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            Set<String> files = all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toSet());
            for (String file : files) {
                assertTrue(
                        Files.getPosixFilePermissions(root.resolve(file)).contains(PosixFilePermission.OTHERS_READ),
                        file);
            }
            return files;
        }
    }

    /** As KEDA does. */
    private static void theWorkersRoleMayAskWhatIsDue(ComposedProcesses processes) throws IOException, SQLException {
        try (Connection connection = processes.asWorker();
                Statement sql = connection.createStatement()) {
            for (ScaledObject scaled : Manifests.of(Project.ROOT.resolve("k8s/overlays/production"))
                    .all(ScaledObject.class)
                    .values()) {
                for (ScaledObject.Trigger trigger : scaled.getSpec().triggers()) {
                    if (trigger.type().equals("postgresql")) {
                        ResultSet rows = sql.executeQuery(trigger.metadata().get("query"));
                        assertTrue(rows.next());
                        assertEquals(0, rows.getLong(1));
                    }
                }
            }
        }
    }
}
