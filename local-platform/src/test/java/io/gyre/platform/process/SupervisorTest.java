package io.gyre.platform.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.process.ChildSpec.StopSignal;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aKilledSupervisorLeavesNoChild() throws Exception {
        Process supervisor = new ProcessBuilder(
                        JavaCommand.ofClass(KilledSupervisor.class.getName(), 32, folder.toString()))
                .redirectError(folder.resolve("supervisor.log").toFile())
                .start();
        ProcessHandle child;
        try (BufferedReader output = supervisor.inputReader()) {
            child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertTrue(child.isAlive());
            supervisor.destroyForcibly().waitFor();
        }
        child.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertFalse(child.isAlive());
    }

    @Test
    void theFirstDeathIsOneSentenceWithItsLastWord() throws Exception {
        Path log = folder.resolve("worker-1.log");
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"))) {
            ChildProcess child = supervisor.start(shell("worker-1", "echo 'ERROR the disk is full'; exit 3", log));
            ChildProcess dead = supervisor.firstDeath().get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertEquals(
                    "worker-1 (process " + child.pid() + ") ended with exit status 3. Its last word: ERROR the disk is"
                            + " full. Its whole log: " + log,
                    dead.death().getMessage());
        }
    }

    @Test
    void closingEndsEveryChildWhoseDeathIsThenNoNews() {
        Supervisor supervisor = Supervisor.in(folder.resolve("run"));
        ChildProcess child = supervisor.start(shell("patient", "exec sleep 600", folder.resolve("patient.log")));
        supervisor.close();
        assertFalse(child.isAlive());
        assertFalse(supervisor.firstDeath().isDone());
        assertEquals(List.of(), ProcessRecord.in(folder.resolve("run")));
    }

    @Test
    void aKilledProcessLeavesNothingOfItsFamilyAndIsNoNews() throws Exception {
        Path log = folder.resolve("postgres.log");
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"))) {
            ChildProcess child = supervisor.start(shell("postgres", "sleep 600 & echo $!; wait", log));
            assertTrue(Poll.until(LONG, () -> LogTail.lines(log).size() > 1));
            ProcessHandle session = ProcessHandle.of(
                            Long.parseLong(Files.readString(log).strip()))
                    .orElseThrow();
            supervisor.kill(child);
            assertFalse(child.isAlive());
            assertFalse(session.isAlive());
            child.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertFalse(supervisor.firstDeath().isDone());
        }
    }

    @Test
    void aProcessTakesThePlaceOfAnEndedOneOfItsName() {
        Path run = folder.resolve("run");
        try (Supervisor supervisor = Supervisor.in(run)) {
            ChildSpec spec = shell("worker-1", "exec sleep 600", folder.resolve("worker-1.log"));
            ChildProcess first = supervisor.start(spec);
            supervisor.kill(first);
            ChildProcess second = supervisor.start(spec);
            first.onExit().join();
            assertEquals(List.of(second), supervisor.children());
            assertEquals(
                    List.of(second.pid()),
                    ProcessRecord.in(run).stream().map(ProcessRecord::pid).toList());
        }
    }

    @Test
    void aLogIsReadableByItsOwnerAlone() throws Exception {
        Path log = folder.resolve("quiet.log");
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"))) {
            supervisor.start(shell("quiet", "exec sleep 600", log));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
        }
    }

    private ChildSpec shell(String name, String script, Path log) {
        return new ChildSpec(
                name, List.of("sh", "-c", script), Map.of(), folder, log, StopSignal.TERM, Duration.ofSeconds(5), 0);
    }
}
