package io.gyre.api.wire;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as the API writes them: a whole number and one of d, h, m, s. */
public final class Span {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})([dhms])");

    private Span() {}

    /** Answers give seconds, always. */
    public static String text(Duration span) {
        return span.toSeconds() + "s";
    }

    /** Empty for what is no length of time. */
    public static Optional<Duration> parse(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(span.group(1));
        return Optional.of(
                switch (span.group(2)) {
                    case "d" -> Duration.ofDays(number);
                    case "h" -> Duration.ofHours(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                });
    }

    /** Both bounds included. */
    public static boolean within(Duration span, Duration shortest, Duration longest) {
        return span.compareTo(shortest) >= 0 && span.compareTo(longest) <= 0;
    }
}
