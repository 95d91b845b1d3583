package io.gyre.benchmarks.report;

import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes {@code results.md} and its plots. What each benchmark found lies in a file of its own too, so that one that is
 * repeated alone replaces its own part and no other.
 */
public final class Report {
    private static final String HEAD = """
            # What Gyre's speed was, measured

            Written by `./gyre bench`; [README.md](README.md) says what each figure means. Figures of one run compare with each
            other and with nothing else: the machine below ran them, with whatever else it had to do.

            """;

    private final Path folder;

    /** @param folder where the documents lie; made if it does not exist */
    public Report(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes what one benchmark found.
     *
     * @throws PlatformException if the folder cannot be written
     */
    public void write(String benchmark, String circumstances, Findings findings) {
        try {
            Files.createDirectories(folder.resolve("parts"));
            Files.writeString(part(benchmark), findings.markdown() + circumstances + "\n\n");
            for (BarChart chart : findings.charts()) {
                Files.writeString(folder.resolve(chart.file()), chart.svg());
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /**
     * Puts all parts together.
     *
     * @param questions the benchmarks' questions by their names, in the order of the document
     */
    public void assemble(Map<String, String> questions) {
        StringBuilder text = new StringBuilder(HEAD);
        try {
            for (Map.Entry<String, String> each : questions.entrySet()) {
                Path part = part(each.getKey());
                text.append(
                        Files.exists(part)
                                ? Files.readString(part)
                                : "## " + each.getValue() + "\n\nNot measured yet: `./gyre bench " + each.getKey()
                                        + "`.\n\n");
            }
            Files.writeString(folder.resolve("results.md"), text.toString().stripTrailing() + "\n");
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private Path part(String benchmark) {
        return folder.resolve("parts").resolve(benchmark + ".md");
    }

    private PlatformException cannotWrite(IOException cause) {
        return new PlatformException("Cannot write to " + folder + ": " + cause.getMessage() + ".", cause);
    }
}
