package io.gyre.benchmarks.report;

import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes {@code results.md} and its plots. A benchmark that is repeated alone replaces its own section and no other. */
public final class Report {
    private static final String HEAD = """
            # What Gyre's speed was, measured

            Written by `./gyre bench`; [README.md](README.md) says what each figure means. Figures of one run compare with each
            other and with nothing else: the machine named below each ran them, with whatever else it had to do.
            """;

    /** A section from its mark to the next one, or to the end. */
    private static final Pattern SECTION =
            Pattern.compile("<!-- ([a-z-]+) -->\n(.*?)(?=\n<!-- [a-z-]+ -->\n|\\z)", Pattern.DOTALL);

    private final Path folder;
    private final Path results;

    /** @param folder where the documents lie; made if it does not exist */
    public Report(Path folder) {
        this.folder = folder;
        this.results = folder.resolve("results.md");
    }

    /**
     * Writes what one benchmark found.
     *
     * @param questions all benchmarks' questions by their names, in the order of the document
     * @throws PlatformException if the folder cannot be written
     */
    public void write(String benchmark, String circumstances, Findings findings, Map<String, String> questions) {
        try {
            Files.createDirectories(folder);
            Map<String, String> sections = written();
            sections.put(benchmark, findings.markdown() + circumstances);
            StringBuilder text = new StringBuilder(HEAD);
            questions.forEach((name, question) -> text.append("\n<!-- ")
                    .append(name)
                    .append(" -->\n")
                    .append(sections.getOrDefault(name, notMeasured(name, question))
                            .strip())
                    .append("\n"));
            Files.writeString(results, text);
            for (BarChart chart : findings.charts()) {
                Files.writeString(folder.resolve(chart.file()), chart.svg());
            }
        } catch (IOException e) {
            throw new PlatformException("Cannot write to " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    private static String notMeasured(String name, String question) {
        return "## " + question + "\n\nNot measured yet: `./gyre bench " + name + "`.";
    }

    private Map<String, String> written() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        if (Files.exists(results)) {
            Matcher section = SECTION.matcher(Files.readString(results));
            while (section.find()) {
                sections.put(section.group(1), section.group(2));
            }
        }
        return sections;
    }
}
