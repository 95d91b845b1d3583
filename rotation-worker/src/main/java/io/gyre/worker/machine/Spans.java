package io.gyre.worker.machine;

import java.time.Duration;

/** Lengths of time as a timeline says them. */
final class Spans {
    private Spans() {}

    /** For example {@code 31 h 12 min}, {@code 4 min} or {@code 9 s}; a negative one counts as none. */
    static String inWords(Duration span) {
        if (span.compareTo(Duration.ofMinutes(1)) < 0) {
            return Math.max(0, span.toSeconds()) + " s";
        }
        return span.toHours() == 0 ? span.toMinutes() + " min" : span.toHours() + " h " + span.toMinutesPart() + " min";
    }
}
