package io.gyre.api.secrets;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as the API writes them: a whole number and one of d, h, m, s. */
final class Spans {
    /** How long the former AccessKey lives on in an automatic RAM rotation. */
    static final Duration AUTOMATIC_OVERLAP = Duration.ofHours(48);

    private static final Duration SHORTEST_INTERVAL = Duration.ofHours(6);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(365);
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(10);
    private static final Duration LONGEST_WINDOW = Duration.ofHours(48);

    /** What the documentation advises after a leak. */
    private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(30);

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})([dhms])");

    private Spans() {}

    /**
     * RotationInterval: 6 hours to 365 days.
     *
     * @throws RpcFault MissingParameter or InvalidParameter
     */
    static Duration rotationInterval(RpcRequest request) {
        return parse(request.required("RotationInterval"))
                .filter(span -> within(span, SHORTEST_INTERVAL, LONGEST_INTERVAL))
                .orElseThrow(KmsFaults::invalidRotationInterval);
    }

    /**
     * RotationWindow, which is Gyre's own: how long the former AccessKey lives on in an immediate RAM rotation, 10
     * minutes to 48 hours.
     *
     * @throws RpcFault InvalidParameter
     */
    static Duration rotationWindow(RpcRequest request) {
        String given = request.text("RotationWindow");
        if (given == null || given.isEmpty()) {
            return DEFAULT_WINDOW;
        }
        return parse(given)
                .filter(span -> within(span, SHORTEST_WINDOW, LONGEST_WINDOW))
                .orElseThrow(() -> KmsFaults.invalid("RotationWindow", "it must be from 10m to 48h, for example 30m."));
    }

    /** Answers give seconds, always. */
    static String text(Duration span) {
        return span.toSeconds() + "s";
    }

    private static Optional<Duration> parse(String text) {
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

    private static boolean within(Duration span, Duration shortest, Duration longest) {
        return span.compareTo(shortest) >= 0 && span.compareTo(longest) <= 0;
    }
}
