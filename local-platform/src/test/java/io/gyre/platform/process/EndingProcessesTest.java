package io.gyre.platform.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.PlatformException;
import io.gyre.platform.process.ChildSpec.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingProcessesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String DOES_NOT_LISTEN = "trap '' TERM; echo up; while :; do sleep 1; done";

    @TempDir
    Path folder;

    @Test
    void closingEndsEveryProcessTheHighestTierFirst() throws Exception {
        Path order = folder.resolve("order");
        Supervisor supervisor = Supervisor.in(folder.resolve("run"));
        for (int tier = 0; tier < 3; tier++) {
            ChildProcess child = supervisor.start(spec("tier-" + tier, tellsItsEnd(tier, order), tier));
            awaitLine(child, "up");
        }

        supervisor.close();

        assertEquals(List.of("2", "1", "0"), Files.readAllLines(order));
        assertTrue(supervisor.children().stream().noneMatch(ChildProcess::isAlive));
    }

    private static String tellsItsEnd(int tier, Path order) {
        return "trap 'echo " + tier + " >>" + order + "; exit 0' TERM; echo up; while :; do sleep 0.05; done";
    }

    @Test
    void aProcessThatDoesNotListenIsKilledAfterItsGrace() {
        Supervisor supervisor = Supervisor.in(folder.resolve("run"));
        ChildProcess deaf = supervisor.start(spec("deaf", DOES_NOT_LISTEN, 0));
        awaitLine(deaf, "up");

        supervisor.close();

        assertFalse(deaf.isAlive());
    }

    @Test
    void aKilledProcessIsNotSaidToHaveDiedOfItsLastWord() throws Exception {
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"))) {
            ChildProcess killed = supervisor.start(spec("worker-1", "echo up; exec sleep 600", 0));
            awaitLine(killed, "up");

            killed.handle().destroyForcibly();

            assertEquals(
                    "worker-1 (process " + killed.pid() + ") ended by signal 9. Someone killed it, or the machine had"
                            + " no memory left. Its whole log: "
                            + killed.spec().log(),
                    supervisor
                            .firstDeath()
                            .get(SOON.toSeconds(), TimeUnit.SECONDS)
                            .death()
                            .getMessage());
        }
    }

    @Test
    void aProcessThatDiedOfAFullDiskIsSaidWithTheRemedy() throws Exception {
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"))) {
            var unused = supervisor.start(spec("postgres", "echo 'PANIC: No space left on device'; exit 1", 0));

            String sentence = supervisor
                    .firstDeath()
                    .get(SOON.toSeconds(), TimeUnit.SECONDS)
                    .death()
                    .getMessage();

            assertTrue(sentence.contains("No space left on device. Free some space there, or choose"), sentence);
        }
    }

    @Test
    void aCommandsComplaintIsWhatWentWrongNotWhatItTidiedUp() {
        ShortCommand.Outcome outcome = new ShortCommand.Outcome(
                1, "running bootstrap ... FATAL:  could not write: No space left on device\ninitdb: removing data\n");

        assertEquals("running bootstrap ... FATAL:  could not write: No space left on device", outcome.complaint());
    }

    @Test
    void whatAnEarlierSupervisorLeftBehindIsEnded() throws Exception {
        Path run = Files.createDirectory(folder.resolve("run"));
        Process leftover = new ProcessBuilder("sleep", "600").start();
        ProcessRecord.of("kafka", leftover.toHandle(), StopSignal.TERM).write(run);

        assertEquals(List.of("kafka"), Supervisor.endLeftovers(run));

        assertFalse(leftover.isAlive());
        assertEquals(List.of(), ProcessRecord.in(run));
    }

    @Test
    void aProcessThatMerelyGotTheNumberOfALeftoverIsLeftAlone() throws Exception {
        Path run = Files.createDirectory(folder.resolve("run"));
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            long anHourBefore = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
            Files.writeString(run.resolve("kafka.pid"), stranger.pid() + " " + anHourBefore + " TERM\n");

            assertEquals(List.of(), Supervisor.endLeftovers(run));

            assertTrue(stranger.isAlive());
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aProgramThatIsMissingIsNamed() {
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"))) {
            ChildSpec absent = new ChildSpec(
                    "absent",
                    List.of(folder.resolve("no-such-program").toString()),
                    Map.of(),
                    folder,
                    folder.resolve("absent.log"),
                    StopSignal.TERM,
                    SOON,
                    0);

            PlatformException failure = assertThrows(
                    PlatformException.class, () -> Supervisor.awaitReady(supervisor.start(absent), SOON, () -> false));

            assertTrue(failure.getMessage().contains("absent"), failure.getMessage());
            assertTrue(failure.getMessage().contains("No such file"), failure.getMessage());
        }
    }

    private ChildSpec spec(String name, String script, int tier) {
        return new ChildSpec(
                name,
                List.of("sh", "-c", script),
                Map.of(),
                folder,
                folder.resolve(name + ".log"),
                StopSignal.TERM,
                Duration.ofSeconds(2),
                tier);
    }

    /** A trap that is not set yet would let the signal kill the shell. */
    private static void awaitLine(ChildProcess child, String line) {
        assertTrue(Poll.until(SOON, () -> LogTail.lines(child.spec().log()).contains(line)));
    }
}
