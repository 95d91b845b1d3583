package io.gyre.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path folder;

    private final Map<String, String> questions =
            new LinkedHashMap<>(Map.of("first", "How fast?", "second", "How slow?"));

    private void write(String benchmark, String sentence) {
        Findings findings = new Findings("About " + benchmark);
        findings.says(sentence);
        new Report(folder).write(benchmark, "on a machine", findings, questions);
    }

    private String results() throws IOException {
        return Files.readString(folder.resolve("results.md"));
    }

    @Test
    void whatWasNotMeasuredIsSaid() throws IOException {
        write("first", "It is 7.");
        assertTrue(results().contains("It is 7."), results());
        assertTrue(results().contains("How slow?\n\nNot measured yet: `./gyre bench second`."), results());
    }

    @Test
    void aRepeatedBenchmarkReplacesItsOwnSectionAlone() throws IOException {
        write("first", "It is 7.");
        write("second", "It is 8.");
        String once = results();
        write("first", "It is 9.");
        assertEquals(once.replace("It is 7.", "It is 9."), results());
        write("second", "It is 8.");
        assertEquals(once.replace("It is 7.", "It is 9."), results());
    }

    @Test
    void quantilesAreFiguresThatWereMeasured() {
        List<Double> figures = List.of(5.0, 1.0, 4.0, 2.0, 3.0);
        assertEquals(3.0, Median.of(figures));
        assertEquals(5.0, Median.quantile(figures, 0.99));
        assertEquals(1.0, Median.quantile(figures, 0.0));
        assertThrows(IllegalArgumentException.class, () -> Median.of(List.of()));
    }

    @Test
    void theLongestBarIsThatOfTheLargestFigure() {
        String svg = new BarChart("x", "A & B", new LinkedHashMap<>(Map.of("big", 200.0))).svg();
        assertTrue(svg.contains("width=\"420.0\""), svg);
        assertTrue(svg.contains("A &amp; B"), svg);
    }
}
