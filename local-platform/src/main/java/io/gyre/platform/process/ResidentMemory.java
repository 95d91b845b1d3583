package io.gyre.platform.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The memory that processes hold. On Linux each page that several of them share is counted in parts (PSS), so that a sum
 * is what the machine really lacks; elsewhere {@code ps} counts it in each.
 */
public final class ResidentMemory {

    private ResidentMemory() {}

    /** A process and what it started, as PostgreSQL does for each session. */
    public static List<Long> family(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** @return the sum; a process that ended meanwhile counts nothing */
    public static long kibibytes(List<Long> pids) {
        return pids.stream().mapToLong(ResidentMemory::kibibytes).sum();
    }

    private static long kibibytes(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        if (!Files.isDirectory(process)) {
            return fromPs(pid);
        }
        return line(process.resolve("smaps_rollup"), "Pss:")
                .orElseGet(() -> line(process.resolve("status"), "VmRSS:").orElse(0));
    }

    /** A line as {@code VmRSS:   183456 kB}. */
    private static OptionalLong line(Path file, String begin) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(begin))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    private static long fromPs(long pid) {
        if (Files.isDirectory(Path.of("/proc", "self"))) {
            return 0;
        }
        String rss = ShortCommand.run(List.of("ps", "-o", "rss=", "-p", Long.toString(pid)))
                .lastLine();
        return rss.matches("[0-9]+") ? Long.parseLong(rss) : 0;
    }
}
