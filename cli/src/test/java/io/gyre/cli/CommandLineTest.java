package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.Home;
import io.gyre.platform.HomeLock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void aRefusalIsOneSentenceAndStatusOne() {
        assertEquals(1, Main.run("up", "--home=" + folder, "--port-base=70000"));
        assertEquals("gyre: --port-base 70000 is out of range: choose between 1024 and 65000.\n", errors());
    }

    @Test
    void aRootKeyIsWrappedByOneKeyAndWrittenOverNoFile() throws Exception {
        Path there = Files.createFile(folder.resolve("there"));
        assertEquals(2, Main.run("root-key", "wrap", "--out=" + there));
        assertEquals(2, Main.run("root-key", "wrap", "--out=" + there, "--kms-uri=aws-kms://key", "--pkcs11-slot=1"));
        complained.reset();
        assertEquals(1, Main.run("root-key", "wrap", "--out=" + there, "--kms-uri=aws-kms://key"));
        assertEquals(
                "gyre: The file " + there + " exists, and no root key is written over it: name another one.\n",
                errors());
        complained.reset();
        Path absent = folder.resolve("absent");
        assertEquals(1, Main.run("root-key", "wrap", "--out=" + absent, "--kms-uri=nowhere-kms://key"));
        assertTrue(errors().startsWith("gyre: No client for the key \"nowhere-kms://key\""), errors());
        assertFalse(Files.exists(absent));
    }

    @Test
    void verboseAddsTheStackTrace() {
        assertEquals(1, Main.run("up", "--verbose", "--home=" + folder, "--speed=0"));
        assertTrue(errors().startsWith("gyre: --speed 0.0 is out of range"), errors());
        assertTrue(errors().contains("\tat io.gyre.platform.PlatformPlan"), errors());
    }

    @Test
    void anUnknownOptionIsStatusTwo() {
        assertEquals(2, Main.run("up", "--nonsense"));
        assertTrue(errors().startsWith("Unknown option: '--nonsense'"), errors());
    }

    @Test
    void noCommandShowsWhichThereAre() {
        assertEquals(2, Main.run());
        assertTrue(errors().contains("gyre COMMAND --help tells more of each."), errors());
    }

    @Test
    void theStatusOfAStoppedPlatformIsThree() {
        assertEquals(3, Main.run("status", "--home=" + folder));
        assertTrue(output().lines().skip(1).limit(8).allMatch(line -> line.contains("stopped")), output());
    }

    @Test
    void stoppingWhatDoesNotRunIsDoneAlready() {
        assertEquals(0, Main.run("down", "--home=" + folder));
        assertEquals("Nothing runs in " + folder + ".\n", output());
    }

    @Test
    void logsOfAProcessThatIsNoneAreRefusedWithTheChoice() throws Exception {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        Files.writeString(logs.resolve("kafka.log"), "one\ntwo\n");
        assertEquals(0, Main.run("logs", "kafka", "--home=" + folder));
        assertEquals("one\ntwo\n", output());
        assertEquals(1, Main.run("logs", "kakfa", "--home=" + folder));
        assertEquals("gyre: There is no log of \"kakfa\" in " + logs + ": choose among kafka.\n", errors());
    }

    @Test
    void aDemoEmptiesNoHomeInWhichAPlatformRuns() throws Exception {
        Path data = Files.createFile(folder.resolve("data"));
        try (HomeLock lock = HomeLock.take(new Home(folder))) {
            assertEquals(1, Main.run("demo", "--home=" + folder));
        }
        assertTrue(Files.exists(data));
        assertFalse(errors().isEmpty());
    }

    private String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return complained.toString(StandardCharsets.UTF_8);
    }
}
