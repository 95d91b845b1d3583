package io.gyre.platform.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The end of a log file, and the one line of it that says most. */
public final class LogTail {

    /** Enough for a few hundred lines: a stack trace or two, and what was said before them. */
    private static final int TAIL_BYTES = 64 * 1024;

    /** A sentence stays a sentence: what is longer is in the log. */
    private static final int LONGEST_LINE = 300;

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern FRAME = Pattern.compile("^\\s+at |^\\s*\\.\\.\\. \\d+ (more|common)|^\\s*$");
    private static final Pattern TROUBLE =
            Pattern.compile("\\b(ERROR|FATAL|PANIC|SEVERE)\\b|Exception|Error:|^Caused by|error:");

    private LogTail() {}

    /**
     * The last line that names a trouble, else the last line that is not part of a stack trace.
     *
     * @return nothing if the log is empty or cannot be read
     */
    public static Optional<String> lastMeaningfulLine(Path log) {
        return lastMeaningfulLine(lines(log));
    }

    /** The same of what a short command wrote. */
    static Optional<String> lastMeaningfulLine(List<String> written) {
        List<String> lines = written.stream()
                .map(line -> COLOUR.matcher(line).replaceAll(""))
                .filter(line -> !FRAME.matcher(line).find())
                .toList();
        Optional<String> trouble =
                last(lines.stream().filter(line -> TROUBLE.matcher(line).find()).toList());
        return trouble.or(() -> last(lines)).map(String::strip).map(LogTail::shortened);
    }

    private static Optional<String> last(List<String> lines) {
        return lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }

    /** @return the whole lines among the last 64 KiB of the file; none if it cannot be read */
    public static List<String> lines(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            List<String> lines = Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
            return start == 0 ? lines : lines.subList(Math.min(1, lines.size()), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
