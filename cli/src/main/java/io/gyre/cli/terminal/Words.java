package io.gyre.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** How the command writes measures. */
public final class Words {

    private static final double MILLIS_PER_SECOND = 1000;
    private static final long KIB_PER_MIB = 1024;

    private Words() {}

    /** For example {@code 4.2 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS_PER_SECOND);
    }

    /** For example {@code 187 MiB}. */
    public static String mebibytes(long kibibytes) {
        return Math.round((double) kibibytes / KIB_PER_MIB) + " MiB";
    }

    /** A calendar's speed, for example {@code 7200 times as fast as the wall clock}. */
    public static String speed(double speed) {
        if (speed == 1) {
            return "the wall clock";
        }
        String factor = speed == Math.rint(speed) ? Long.toString((long) speed) : Double.toString(speed);
        return factor + " times as fast as the wall clock";
    }
}
