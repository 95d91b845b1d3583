package io.gyre.examples;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lane as the page is told of it, with the names that its script reads.
 *
 * @param used how many different credentials
 * @param seconds the latest whole ones, as many as the page has columns
 */
record Shown(
        String secret,
        String uses,
        String credentials,
        String latest,
        long answered,
        long reread,
        long failed,
        long rotations,
        int used,
        long longestGapMillis,
        @Nullable String firstFailure,
        List<Tally.Second> seconds) {
    /** As in plot.js. */
    private static final int COLUMNS = 120;

    static Shown of(Use use, Tally tally) {
        Tally.Sum sum = tally.sum();
        return new Shown(
                use.secret(),
                use.uses(),
                use.credentials(),
                sum.latest(),
                sum.answered(),
                sum.reread(),
                sum.failed(),
                sum.rotations(),
                sum.credentials(),
                sum.longestGap().toMillis(),
                sum.firstFailure(),
                tally.latest(COLUMNS));
    }
}
