package io.gyre.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Horizontal bars with their figures, as SVG that reads on light and dark pages alike.
 *
 * @param name of its file, without the ending
 */
public record BarChart(String name, String title, Map<String, Double> bars) {
    private static final int LABELS = 220;
    private static final int LONGEST_BAR = 420;
    private static final int FIGURES = 90;
    private static final int HEIGHT_OF_A_BAR = 22;
    private static final int DISTANCE = 32;
    private static final int TOP = 44;

    /** The bars keep their order. */
    public BarChart {
        bars = new LinkedHashMap<>(bars);
    }

    String file() {
        return name + ".svg";
    }

    String svg() {
        double most = bars.values().stream().mapToDouble(each -> each).max().orElse(1);
        int height = TOP + DISTANCE * bars.size();
        StringBuilder text = new StringBuilder();
        text.append("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
                <title>%3$s</title>
                <style>text { font: 13px sans-serif; fill: #808080 } .title { font-weight: bold } rect { fill: #4a7fb5 }</style>
                <text class="title" x="8" y="22">%3$s</text>
                """.formatted(LABELS + LONGEST_BAR + FIGURES, height, escaped(title)));
        int y = TOP;
        for (Map.Entry<String, Double> bar : bars.entrySet()) {
            double width = Math.max(1, LONGEST_BAR * bar.getValue() / most);
            text.append("""
                    <text x="%d" y="%d" text-anchor="end">%s</text>
                    <rect x="%d" y="%d" width="%.1f" height="%d" rx="2"/>
                    <text x="%.1f" y="%d">%s</text>
                    """.formatted(
                            LABELS - 8,
                            y + 16,
                            escaped(bar.getKey()),
                            LABELS,
                            y,
                            width,
                            HEIGHT_OF_A_BAR,
                            LABELS + width + 6,
                            y + 16,
                            figure(bar.getValue())));
            y += DISTANCE;
        }
        return text.append("</svg>\n").toString();
    }

    private static String figure(double value) {
        return value >= 100 ? "%,.0f".formatted(value) : "%.1f".formatted(value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
