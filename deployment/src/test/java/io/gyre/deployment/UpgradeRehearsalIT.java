package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.process.Poll;
import io.gyre.rpc.RpcFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upgrade from another revision to this one and back again, while calls are made. By hand, through deployment/upgrade-rehearsal, which
 * builds the other one: its folder is {@code gyre.upgrade.from}.
 */
@EnabledIfSystemProperty(named = "gyre.upgrade.from", matches = ".+")
class UpgradeRehearsalIT {
    private static final int CALLS = 200;
    private static final Map<String, String> SECRET = Map.of("SecretName", "read-throughout");

    private final Path old = Path.of(System.getProperty("gyre.upgrade.from", "."));

    /** Those that are to be called; the callers themselves leave out who is not ready. */
    private final List<String> serving = new CopyOnWriteArrayList<>();

    private final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    @TempDir
    private Path folder;

    @Test
    void oldAndNewProcessesWorkBesideEachOtherThereAndBack() throws Exception {
        try (ComposedProcesses processes = new ComposedProcesses(folder)) {
            start(processes, "cloud-simulator", "cloud-simulator", Project.ROOT);
            start(processes, "old-api", "api-service", old);
            processes.awaitReady("old-api");
            start(processes, "old-worker", "rotation-worker", old);
            processes.awaitReady("old-worker");
            processes.call(
                    "old-api",
                    "CreateSecret",
                    Map.of("SecretName", "read-throughout", "VersionId", "v1", "SecretData", "value"));
            serving.add("old-api");
            Thread caller = new Thread(() -> callUntilTheEnd(processes), "caller");
            caller.start();
            called("old-api");

            start(processes, "new-api", "api-service", Project.ROOT);
            processes.awaitReady("new-api");
            serving.add("new-api");
            called("old-api");
            called("new-api");
            // By the old worker, on the new tables.
            aWorkerLooks(processes, "new-api");
            leave(processes, "old-api");

            start(processes, "new-worker", "rotation-worker", Project.ROOT);
            processes.awaitReady("new-worker");
            processes.terminate("old-worker");
            aWorkerLooks(processes, "new-api");

            start(processes, "old-api-again", "api-service", old);
            processes.awaitReady("old-api-again");
            serving.add("old-api-again");
            called("old-api-again");
            aWorkerLooks(processes, "old-api-again");
            leave(processes, "new-api");
            called("old-api-again");

            ended = true;
            caller.join();
            assertEquals(List.of(), failures);
        } finally {
            ended = true;
            System.out.println("Answered: " + answered + "; not answered: " + failures);
        }
    }

    private static void start(ComposedProcesses processes, String name, String process, Path checkout)
            throws IOException {
        processes.start(
                name,
                process,
                List.of("java", "-Xmx256m", "-jar", "quarkus-run.jar"),
                checkout.resolve(process).resolve("target/quarkus-app"),
                Map.of());
    }

    /** As an ingress does: whoever says that it is not ready is called no more. */
    private void leave(ComposedProcesses processes, String name) {
        serving.remove(name);
        processes.terminate(name);
    }

    private void called(String name) {
        AtomicInteger count = answered.computeIfAbsent(name, key -> new AtomicInteger());
        int before = count.get();
        assertTrue(
                Poll.until(ComposedProcesses.PATIENCE, () -> count.get() >= before + CALLS),
                () -> name + " is not called, or does not answer: " + failures);
    }

    private static void aWorkerLooks(ComposedProcesses processes, String api) {
        RpcFault refusal = assertThrows(RpcFault.class, () -> processes.createSecretOfAbsentInstance(api));
        assertEquals("InvalidParameter", refusal.code(), refusal.text());
        assertTrue(refusal.text().contains("rm-absent"), refusal.text());
    }

    private void callUntilTheEnd(ComposedProcesses processes) {
        for (int turn = 0; !ended; turn++) {
            List<String> among = List.copyOf(serving);
            String name = among.get(turn % among.size());
            try {
                processes.call(name, "GetSecretValue", SECRET);
                answered.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
            } catch (IOException | RuntimeException e) {
                failures.add(name + ": " + e);
            }
        }
    }
}
