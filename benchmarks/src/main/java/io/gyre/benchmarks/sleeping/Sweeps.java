package io.gyre.benchmarks.sleeping;

import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The worker's sweeps, as PostgreSQL's auto_explain writes them into the server's log. */
final class Sweeps {
    /** A sweep's statement begins so; the first line about pages is that of the whole statement. */
    private static final Pattern SWEEP = Pattern.compile(
            "duration: ([0-9.]+) ms  plan:\\s+Query Text: WITH operational AS MATERIALIZED"
                    + ".*?Buffers: shared hit=([0-9]+)(?: read=([0-9]+))?",
            Pattern.DOTALL);

    private final Path log;
    private long from;

    Sweeps(Path log) {
        this.log = log;
    }

    /**
     * One sweep.
     *
     * @param millis how long PostgreSQL took
     * @param pages how many pages it looked at, in memory or not
     */
    record Sweep(double millis, double pages) {}

    /** Those so far do not count. */
    void forget() {
        from = log.toFile().length();
    }

    /** All since then, in their order. */
    List<Sweep> seen() {
        List<Sweep> sweeps = new ArrayList<>();
        for (String entry : tail().split("\n(?=[0-9]{4}-)", -1)) {
            Matcher matcher = SWEEP.matcher(entry);
            if (matcher.find()) {
                double read = matcher.group(3) == null ? 0 : Double.parseDouble(matcher.group(3));
                sweeps.add(
                        new Sweep(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)) + read));
            }
        }
        return sweeps;
    }

    private String tail() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new PlatformException("Cannot read " + log + ": " + e.getMessage() + ".", e);
        }
    }
}
