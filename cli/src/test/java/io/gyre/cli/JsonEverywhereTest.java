package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class JsonEverywhereTest {
    /** They start or stop something, or write what is no answer: lines of a log, a script, a file. The last two are other programs. */
    private static final Set<String> WITHOUT = Set.of(
            "gyre up",
            "gyre down",
            "gyre logs",
            "gyre demo",
            "gyre completion",
            "gyre root-key wrap",
            "gyre example",
            "gyre bench");

    @TempDir
    private Path folder;

    @Test
    void everyCommandThatTellsSomethingTellsItInJsonToo() {
        Set<String> without = new TreeSet<>();
        collect(new CommandLine(new GyreCommand()).getCommandSpec(), without);
        assertEquals(new TreeSet<>(WITHOUT), without);
    }

    private static void collect(CommandSpec command, Set<String> without) {
        boolean runs = command.subcommands().isEmpty() || command.userObject() instanceof Callable;
        if (runs && command.findOption("--json") == null) {
            without.add(command.qualifiedName());
        }
        command.subcommands().values().forEach(each -> collect(each.getCommandSpec(), without));
    }

    @Test
    void theStatusOfAPlatformFitsItsSchema() throws Exception {
        try (AnsweringServer terminal = new AnsweringServer(folder)) {
            assertEquals(3, Main.run("status", "--json", "--home=" + folder));
            assertEquals(
                    "stopped",
                    OutputSchema.fitting("status", terminal.output())
                            .path("processes")
                            .path(0)
                            .path("health")
                            .asText());
        }
    }

    @Test
    void aReplayOfEventsFitsItsSchema() throws Exception {
        try (AnsweringServer gyre = new AnsweringServer(folder)) {
            gyre.answers("POST events/replay", "{\"told\":2,\"total\":3,\"next\":7}", "{\"told\":1}");
            assertEquals(0, gyre.gyre("events", "replay", "--topic=view", "--json"), gyre.errors());
            assertEquals(
                    3,
                    OutputSchema.fitting("eventsReplay", gyre.output())
                            .path("told")
                            .asInt());
        }
    }

    @Test
    void whatDoesNotFitIsFound() {
        assertThrows(
                AssertionError.class,
                () -> OutputSchema.fitting("eventsReplay", "{\"told\":\"three\",\"topic\":\"view\"}"));
        assertThrows(
                AssertionError.class,
                () -> OutputSchema.fitting(
                        "doctor", "{\"findings\":[{\"check\":\"a\",\"verdict\":\"fail\",\"said\":\"b\"}]}"));
    }
}
