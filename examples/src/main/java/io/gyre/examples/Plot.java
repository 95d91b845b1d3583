package io.gyre.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The last minute of a lane as text: a column a second. */
final class Plot {
    static final int SECONDS = 60;

    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final int LETTERS = 26;

    private Plot() {}

    static List<String> lines(Use use, List<Tally.Second> seconds, Tally.Sum sum) {
        long most = Math.max(
                1, seconds.stream().mapToLong(Tally.Second::answered).max().orElse(0));
        long latest = seconds.isEmpty() ? 0 : seconds.get(seconds.size() - 1).answered();
        List<String> lines = new ArrayList<>();
        lines.add(use.secret());
        lines.add(row(use.uses(), seconds, second -> bar(second.answered(), most), latest + " a second"));
        lines.add(row("credential", seconds, Plot::letter, sum.latest()));
        lines.add(row("failed", seconds, Plot::trouble, Long.toString(sum.failed())));
        lines.add("");
        lines.add(totals(use, sum));
        return lines;
    }

    /** The line that stands for the whole where nothing can be drawn. */
    static String totals(Use use, Tally.Sum sum) {
        return "  rotations begun " + sum.rotations() + "    " + use.credentials() + " used " + sum.credentials()
                + "    " + use.uses() + " " + sum.answered() + "    failed " + sum.failed();
    }

    private static String row(
            String title, List<Tally.Second> seconds, Function<Tally.Second, String> column, String now) {
        return String.format(
                        "  %-12s  %-60s  %s",
                        title, seconds.stream().map(column).collect(Collectors.joining()), now)
                .stripTrailing();
    }

    private static String bar(long answered, long most) {
        int highest = BARS.length() - 1;
        // What is not nothing is seen.
        int height = answered == 0 ? 0 : (int) Math.max(1, answered * highest / most);
        return BARS.substring(height, height + 1);
    }

    /** Another letter is another credential. */
    private static String letter(Tally.Second second) {
        return second.credential() == 0 ? " " : Character.toString('a' + (second.credential() - 1) % LETTERS);
    }

    private static String trouble(Tally.Second second) {
        if (second.failed() > 0) {
            return "×";
        }
        return second.reread() > 0 ? "~" : "·";
    }

    /** How it was, when it is over. */
    static List<String> summary(Use use, Tally.Sum sum) {
        List<String> lines = new ArrayList<>();
        lines.add(use.secret() + ": " + sum.answered() + " " + use.uses() + " with " + sum.credentials() + " different "
                + use.credentials() + " over " + sum.rotations() + " rotations: "
                + (sum.failed() == 0 ? "none failed." : sum.failed() + " failed."));
        if (sum.reread() > 0) {
            lines.add("  " + sum.reread() + " of them were refused first and read the secret anew, " + sum.mostReads()
                    + " times at most, until they were let in after "
                    + sum.longestGap().toMillis() + " ms at most.");
        }
        if (sum.firstFailure() != null) {
            lines.add("  The first failure: " + sum.firstFailure());
        }
        return lines;
    }
}
