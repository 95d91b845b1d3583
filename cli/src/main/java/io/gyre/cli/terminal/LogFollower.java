package io.gyre.cli.terminal;

import io.gyre.platform.PlatformException;
import io.gyre.platform.process.Poll;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows log files as they grow, each line after the name of its process if there are several. */
public final class LogFollower {

    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final Map<Path, BufferedReader> readers = new LinkedHashMap<>();
    private final Console out;

    /** @throws PlatformException if one of the files cannot be read */
    public LogFollower(List<Path> logs, Console out) {
        this.out = out;
        for (Path log : logs) {
            try {
                readers.put(log, Files.newBufferedReader(log));
            } catch (IOException e) {
                throw new PlatformException("Cannot read " + log + ".", e);
            }
        }
    }

    /** The process whose log it is. */
    public static String process(Path log) {
        return log.getFileName().toString().replaceFirst("\\.log$", "");
    }

    /** What was written since the last call. */
    public void showNew() {
        readers.forEach((log, reader) -> {
            String begin = readers.size() == 1 ? "" : String.format("%-16s | ", process(log));
            try {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    out.line(begin + line);
                }
            } catch (IOException e) {
                throw new PlatformException("Cannot read " + log + ".", e);
            }
        });
    }

    /** Looks again and again until the JVM ends. */
    public void followUntilInterrupted() {
        var unused = Poll.until(FOR_EVER, () -> {
            showNew();
            return false;
        });
    }
}
