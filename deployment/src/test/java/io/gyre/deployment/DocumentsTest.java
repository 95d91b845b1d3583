package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @Test
    void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
        List<Path> documents = documents();
        assertFalse(documents.isEmpty());
        List<String> broken = new ArrayList<>();
        for (Path document : documents) {
            for (String target : Project.matches(LINK, Files.readString(document))) {
                if (!Files.exists(document.resolveSibling(target))) {
                    broken.add(Project.ROOT.relativize(document) + " → " + target);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> top = Files.list(Project.ROOT);
                Stream<Path> docs = Files.walk(Project.ROOT.resolve("docs"))) {
            Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .forEach(documents::add);
        }
        return documents;
    }
}
