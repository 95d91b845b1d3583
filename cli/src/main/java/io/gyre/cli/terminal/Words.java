package io.gyre.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the command writes measures. */
public final class Words {

    private static final double MILLIS_PER_SECOND = 1000;
    private static final long KIB_PER_MIB = 1024;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** For example {@code 4.2 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / MILLIS_PER_SECOND);
    }

    /** In its two largest units, for example {@code 31 h 12 min}. */
    public static String span(Duration duration) {
        Duration span = duration.isNegative() ? Duration.ZERO : duration;
        if (span.toDays() > 0) {
            return span.toDays() + " d " + span.toHoursPart() + " h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        if (span.toMinutes() > 0) {
            return span.toMinutes() + " min " + span.toSecondsPart() + " s";
        }
        return span.toSeconds() + " s";
    }

    /** To the second and in UTC, for example {@code 2026-03-02 14:05:09}. */
    public static String moment(Instant instant) {
        return MOMENT.format(instant);
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
