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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertEquals("gyre: Unknown option: '--nonsense'. ./gyre up --help tells what there is.\n", errors());
    }

    /** Nothing of Java, and the usage does not push it off the screen. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "rotation show ; Missing required parameter: 'ID'. ./gyre rotation show --help tells what there is.",
                "rotation show x ; Invalid value for positional parameter at index 0 (ID): \"x\" is no id, which looks"
                        + " like 6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a: copy it from the list. ./gyre rotation show --help"
                        + " tells what there is.",
                "rotations --limit=many ; Invalid value for option '--limit': \"many\" is no whole number, or too"
                        + " large. ./gyre rotations --help tells what there is.",
                "orphans remove x ; Invalid value for positional parameter at index 0 (ID): \"x\" is no whole number,"
                        + " or too large. ./gyre orphans remove --help tells what there is.",
                "up --speed=fast ; Invalid value for option '--speed': \"fast\" is no number. ./gyre up --help tells"
                        + " what there is.",
                "rot ; Unmatched argument at index 0: 'rot'. Did you mean rotate or root-key or rotations? ./gyre"
                        + " --help tells what there is.",
                "schedule pause ; Missing required argument (specify one of these): (SECRET | --all). ./gyre schedule"
                        + " pause --help tells what there is."
            })
    void whatIsMistypedIsOneSentence(String typed, String sentence) {
        assertEquals(2, Main.run(typed.split(" ", -1)));
        assertEquals("gyre: " + sentence + "\n", errors());
    }

    @Test
    void otherProgramsAreTypedFirst() {
        assertEquals(1, Main.run("--verbose", "example"));
        assertTrue(errors().startsWith("gyre: The examples are programs of their own"), errors());
        assertEquals(1, Main.run("bench"));
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
