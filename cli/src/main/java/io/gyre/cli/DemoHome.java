package io.gyre.cli;

import io.gyre.cli.terminal.Console;
import io.gyre.platform.Home;
import io.gyre.platform.HomeLock;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The home of a demonstration, which begins with an empty one. What it empties has to be its own: a folder with the mark
 * of an earlier demonstration, or the one that it takes if nobody chooses another.
 */
final class DemoHome {

    private static final String MARK = "made-by-gyre-demo";

    private DemoHome() {}

    /**
     * Leaves the home empty but for its mark.
     *
     * @throws PlatformException if a platform runs there, or the folder holds something that no demonstration made
     */
    static void empty(Home home, Console out) {
        HomeLock.requireFree(home);
        Path folder = home.folder();
        if (holdsSomething(folder)) {
            if (!isOwn(home)) {
                throw new PlatformException("A demo begins by deleting all that its home holds, and what " + folder
                        + " holds was not made by a demo: choose an empty folder with --home.");
            }
            out.line("Deleting what the last demo left in " + folder + ".");
            Supervisor.endLeftovers(home.run());
            PrivateFile.deleteTree(folder);
        }
        PrivateFile.write(
                PrivateFile.folder(folder).resolve(MARK),
                "The next ./gyre demo with this folder as its --home deletes all that is in it.\n");
    }

    private static boolean isOwn(Home home) {
        return Files.exists(home.folder().resolve(MARK)) || home.equals(Places.forDemo(null));
    }

    private static boolean holdsSomething(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        } catch (IOException e) {
            throw new PlatformException("Cannot read the folder " + folder + ": " + e.getMessage() + ".", e);
        }
    }
}
