package io.gyre.examples.rds;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The last minute as text: a column a second. */
final class Plot {
    static final int SECONDS = 60;

    private static final String BARS = " ▁▂▃▄▅▆▇█";

    private Plot() {}

    static List<String> lines(List<Tally.Second> seconds, Tally.Sum sum, int rotations) {
        int most = Math.max(
                1, seconds.stream().mapToInt(Tally.Second::answered).max().orElse(0));
        int latest = seconds.isEmpty() ? 0 : seconds.get(seconds.size() - 1).answered();
        List<String> lines = new ArrayList<>();
        lines.add(row("queries", seconds, second -> bar(second.answered(), most), latest + " a second"));
        lines.add(row(
                "account",
                seconds,
                Plot::account,
                sum.latest() == null ? "" : sum.latest().name()));
        lines.add(row("failed", seconds, second -> second.failed() == 0 ? "·" : "×", Long.toString(sum.failed())));
        lines.add("");
        lines.add("  rotations begun " + rotations + "    passwords used " + sum.passwords() + "    queries "
                + sum.answered() + "    failed " + sum.failed());
        return lines;
    }

    private static String row(
            String title, List<Tally.Second> seconds, Function<Tally.Second, String> column, String now) {
        return String.format(
                        "  %-10s  %-60s  %s",
                        title, seconds.stream().map(column).collect(Collectors.joining()), now)
                .stripTrailing();
    }

    private static String bar(int answered, int most) {
        int highest = BARS.length() - 1;
        // What is not nothing is seen.
        int height = answered == 0 ? 0 : Math.max(1, answered * highest / most);
        return BARS.substring(height, height + 1);
    }

    /** The last letter of its name tells the two apart. */
    private static String account(Tally.Second second) {
        String name = second.account();
        return name.isEmpty() ? " " : name.substring(name.length() - 1);
    }

    /** How it was, when it is over. */
    static List<String> summary(Tally.Sum sum, int rotations) {
        List<String> lines = new ArrayList<>();
        lines.add(sum.answered() + " queries, each by a login of its own, with " + sum.passwords()
                + " different passwords over " + rotations + " rotations: "
                + (sum.failed() == 0 ? "none failed." : sum.failed() + " failed."));
        if (sum.firstFailure() != null) {
            lines.add("The first failure: " + sum.firstFailure());
        }
        return lines;
    }
}
