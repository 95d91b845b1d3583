package io.gyre.api.secrets;

import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.Span;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.time.Duration;
import java.util.Optional;

/** The lengths of time of secrets, each with its bounds. */
public final class Spans {
    /** How long the former AccessKey lives on in an automatic RAM rotation. */
    static final Duration AUTOMATIC_OVERLAP = Duration.ofHours(48);

    private static final Duration SHORTEST_INTERVAL = Duration.ofHours(6);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(365);
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(10);
    private static final Duration LONGEST_WINDOW = Duration.ofHours(48);

    /** What the documentation advises after a leak. */
    private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(30);

    private Spans() {}

    /**
     * RotationInterval: 6 hours to 365 days.
     *
     * @throws RpcFault MissingParameter or InvalidParameter
     */
    static Duration rotationInterval(RpcRequest request) {
        return interval(request.required("RotationInterval")).orElseThrow(KmsFaults::invalidRotationInterval);
    }

    /** The same; empty for what is no such length of time. */
    public static Optional<Duration> interval(String text) {
        return Span.parse(text).filter(span -> Span.within(span, SHORTEST_INTERVAL, LONGEST_INTERVAL));
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
        return Span.parse(given)
                .filter(span -> Span.within(span, SHORTEST_WINDOW, LONGEST_WINDOW))
                .orElseThrow(() -> KmsFaults.invalid("RotationWindow", "it must be from 10m to 48h, for example 30m."));
    }
}
