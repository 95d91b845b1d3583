package io.gyre.platform.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Node.js of this machine, with npm. */
public final class InstalledNode {
    private static final int INSTALL_SECONDS = 120;

    private InstalledNode() {}

    /** Whether this machine has both. */
    public static boolean isThere() {
        return answers("node") && answers("npm");
    }

    /** Leaves the tests out where they are not. */
    public static void require() {
        assumeTrue(isThere(), "There is no Node.js with npm on the PATH.");
    }

    /**
     * Copies a program, and installs beside the copy what its package.json names, from the registry that npm is configured with.
     *
     * @param sources the program's files, package.json among them
     * @param folder where it is run from
     */
    public static void install(Path sources, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<Path> files;
        try (Stream<Path> listed = Files.list(sources)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Path log = folder.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
            npm.destroy();
            throw new IllegalStateException("npm did not install what " + sources + " needs: " + Files.readString(log));
        }
    }

    private static boolean answers(String program) {
        try {
            return new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
