package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.cli.terminal.Console;
import io.gyre.platform.Home;
import io.gyre.platform.PlatformException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoHomeTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Console out = new Console(new PrintStream(written, true, StandardCharsets.UTF_8), false);

    @Test
    void aFolderOfAPersonIsNeverEmptied() throws Exception {
        Path kept = Files.writeString(folder.resolve("thesis"), "words");

        PlatformException refusal = assertThrows(PlatformException.class, () -> DemoHome.empty(new Home(folder), out));

        assertTrue(Files.exists(kept));
        assertEquals(
                "A demo begins by deleting all that its home holds, and what " + folder
                        + " holds was not made by a demo: choose an empty folder with --home.",
                refusal.getMessage());
    }

    @Test
    void theHomeOfAnEarlierDemoIsEmptiedAndThatIsSaid() throws Exception {
        Home home = new Home(folder.resolve("demo"));
        DemoHome.empty(home, out);
        Path earlier = Files.createDirectories(home.data("postgres"));

        DemoHome.empty(home, out);

        assertFalse(Files.exists(earlier));
        assertEquals(
                "Deleting what the last demo left in " + home.folder() + ".\n",
                written.toString(StandardCharsets.UTF_8));
    }
}
