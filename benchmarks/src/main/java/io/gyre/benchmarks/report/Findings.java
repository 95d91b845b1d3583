package io.gyre.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** What a benchmark found out: sentences, tables, goals and plots, in the order in which they are read. */
public final class Findings {
    private final String title;
    private final StringBuilder markdown = new StringBuilder();
    private final List<BarChart> charts = new ArrayList<>();

    public Findings(String title) {
        this.title = title;
    }

    /** A paragraph. */
    public void says(String paragraph) {
        markdown.append(paragraph).append("\n\n");
    }

    /** A table. */
    public void table(Table table) {
        markdown.append(table.markdown()).append("\n");
    }

    /** A goal of the project, and how it came out; a goal that was missed says so. */
    public void goal(String goal, String measured, boolean reached) {
        markdown.append("**Goal: ").append(goal).append(". Measured: ").append(measured);
        markdown.append(reached ? " (reached).**\n\n" : " (missed).**\n\n");
    }

    /** A plot, in a file of its own. */
    public void chart(BarChart chart) {
        charts.add(chart);
        markdown.append("![")
                .append(chart.title())
                .append("](")
                .append(chart.file())
                .append(")\n\n");
    }

    String markdown() {
        return "## " + title + "\n\n" + markdown;
    }

    List<BarChart> charts() {
        return List.copyOf(charts);
    }
}
