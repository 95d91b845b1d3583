package io.gyre.platform.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A session of its own for each child: a Ctrl-C in the terminal then reaches the supervisor alone, which stops the
 * children in the right order. Where there is no {@code setsid} program (macOS) all of them get the Ctrl-C at once, and
 * the supervisor finds them ended already.
 */
public final class OwnSession {

    private static final List<String> PREFIX = find();

    private OwnSession() {}

    /** @return what stands before a command so that it runs in a session of its own, perhaps nothing */
    public static List<String> prefix() {
        return PREFIX;
    }

    private static List<String> find() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path setsid = Path.of(folder, "setsid");
            if (!folder.isEmpty() && Files.isExecutable(setsid)) {
                return List.of(setsid.toString());
            }
        }
        return List.of();
    }
}
