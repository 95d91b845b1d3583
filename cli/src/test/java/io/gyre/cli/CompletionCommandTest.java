package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, in a real bash. */
class CompletionCommandTest {
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
        assertTrue(offered("./gyre ").contains("doctor"));
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
    void zshIsGivenTheScriptThatAsksForItsOwnCompletion() {
        assertTrue(script("zsh").contains("bashcompinit"));
        assertEquals(script("bash"), script("zsh"));
    }
}
