package io.gyre.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of the pages that people begin with, as they are typed there. */
public final class DocumentedCommands {
    private static final String LAUNCHER = "./gyre ";

    /** In quotes or not; what follows a number sign is for readers. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s#'\"]+)|#.*");

    private DocumentedCommands() {}

    /** @return the words after {@code ./gyre} of every line of code that begins so, in the quick start and the tutorials */
    public static List<List<String>> ofTheFirstPages() {
        Path docs = TestPlatform.checkout().resolve("docs");
        try (Stream<Path> tutorials = Files.list(docs.resolve("tutorials"))) {
            return Stream.concat(Stream.of(docs.resolve("quick-start.md")), tutorials.sorted())
                    .flatMap(page -> lines(page).stream())
                    .map(DocumentedCommands::words)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path page) {
        List<String> found = new ArrayList<>();
        boolean isCode = false;
        try {
            for (String line : Files.readAllLines(page)) {
                if (line.startsWith("```")) {
                    isCode = !isCode;
                } else if (isCode && line.startsWith(LAUNCHER)) {
                    found.add(line.substring(LAUNCHER.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find() && !word.group().startsWith("#")) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }
}
