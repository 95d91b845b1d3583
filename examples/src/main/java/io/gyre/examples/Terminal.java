package io.gyre.examples;

import java.io.PrintStream;
import java.util.List;

/** The plot of all lanes in place of the one before; where the output is no terminal, a line of each now and then. */
final class Terminal {
    private final PrintStream out;
    private final List<Lane> lanes;
    private final int between;
    private final boolean inPlace = Boolean.getBoolean("gyre.terminal");
    private int drawn;
    private int second;

    /** @param between how many seconds lie between two lines where nothing can be drawn */
    Terminal(PrintStream out, List<Lane> lanes, int between) {
        this.out = out;
        this.lanes = lanes;
        this.between = between;
    }

    /** To be called every second. */
    void draw() {
        if (inPlace) {
            List<String> lines = lanes.stream()
                    .flatMap(lane ->
                            Plot.lines(
                                    lane.use(),
                                    lane.tally().latest(Plot.SECONDS),
                                    lane.tally().sum())
                                    .stream())
                    .toList();
            out.print(drawn == 0 ? "" : "\u001b[" + drawn + "A\u001b[J");
            lines.forEach(out::println);
            drawn = lines.size();
        } else if (++second % between == 0) {
            lanes.forEach(
                    lane -> out.println(Plot.totals(lane.use(), lane.tally().sum())));
        }
    }
}
