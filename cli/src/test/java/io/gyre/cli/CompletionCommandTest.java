package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import io.gyre.platform.process.Poll;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, in a real bash and a real zsh. */
class CompletionCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static String script(String shell) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, Main.run("completion", shell));
        } finally {
            System.setOut(out);
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    /** What bash offers for the last of these words. */
    private Set<String> offered(String... words) throws Exception {
        Path script = Files.writeString(folder.resolve("completion"), script("bash"));
        String line = String.join(" ", words);
        Process bash = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        "source \"$1\"; COMP_LINE=\"$2\"; COMP_WORDS=($2); [ \"${2% }\" = \"$2\" ] || COMP_WORDS+=(\"\");"
                                + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_POINT=${#COMP_LINE}; COMP_TYPE=9;"
                                + " complete -p gyre >/dev/null || exit 1; _complete_gyre gyre \"${COMP_WORDS[COMP_CWORD]}\""
                                + " \"${COMP_WORDS[COMP_CWORD-1]}\"; printf '%s\\n' \"${COMPREPLY[@]}\"",
                        "bash",
                        script.toString(),
                        line)
                // compopt complains that no Tab was pressed.
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        bash.getOutputStream().close();
        List<String> lines = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
        assertEquals(0, bash.waitFor(), lines.toString());
        return new TreeSet<>(lines);
    }

    @Test
    void commandsAndTheirSubcommandsAreOffered() throws Exception {
        assertEquals(Set.of("rotate", "rotation", "rotations"), offered("./gyre", "rot"));
        assertEquals(Set.of("retry", "roll-back"), offered("./gyre", "rotation", "r"));
        assertTrue(offered("./gyre ").containsAll(Set.of("doctor", "example", "bench")));
    }

    @Test
    void optionsAndTheirValuesAreOffered() throws Exception {
        assertEquals(Set.of("--window", "--watch"), offered("./gyre", "rotate", "--w"));
        assertEquals(Set.of("late"), offered("./gyre", "rotations", "--state", "l"));
        assertEquals(
                Set.of("gyre.rotation.events", "gyre.rotation.dead-letters"),
                offered("./gyre", "topics", "tail", "gyre.rotation.").stream()
                        .filter(topic -> !topic.contains("requests"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void processesAndExamplesAreOfferedByTheirNames() throws Exception {
        assertEquals(Set.of("worker-1", "worker-2"), offered("./gyre", "logs", "work"));
        assertEquals(Set.of("rds", "ram"), offered("./gyre", "example", "r"));
    }

    /** By the Tab key, on a terminal. */
    @Test
    void zshOffersThemToo() throws Exception {
        Path zsh = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, "zsh"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(zsh != null, "There is no zsh on the PATH.");
        Files.writeString(folder.resolve("completion"), script("zsh"));
        PtyProcess shell = new PtyProcessBuilder(new String[] {zsh.toString(), "-f", "-i"})
                .setDirectory(folder.toString())
                .setEnvironment(Map.of("PATH", System.getenv("PATH"), "TERM", "dumb", "HOME", folder.toString()))
                .setInitialColumns(200)
                .start();
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> read(shell, screen), "screen");
        reader.setDaemon(true);
        reader.start();
        try {
            typed(shell, "source ./completion && print READ''Y\n");
            await(screen, "READY");
            typed(shell, "./gyre rotation r\t\t");
            await(screen, "roll-back");
            assertTrue(shown(screen).contains("retry"), shown(screen));
        } finally {
            shell.destroyForcibly();
        }
    }

    private static void typed(PtyProcess shell, String keys) throws IOException {
        shell.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
    }

    private static void await(ByteArrayOutputStream screen, String text) {
        assertTrue(
                Poll.until(PATIENCE, () -> shown(screen).contains(text)),
                () -> "in vain for " + text + ": " + shown(screen));
    }

    private static String shown(ByteArrayOutputStream screen) {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private static void read(PtyProcess from, ByteArrayOutputStream screen) {
        try {
            from.getInputStream().transferTo(screen);
        } catch (IOException e) {
            // The shell was ended.
        }
    }

    @Test
    void zshIsGivenTheScriptThatAsksForItsOwnCompletion() {
        assertTrue(script("zsh").contains("bashcompinit"));
        assertEquals(script("bash"), script("zsh"));
    }
}
