package io.gyre.api.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the KMS API writes them: UTC to the second, {@code 2026-01-31T23:59:59Z}. */
public final class WireTime {
    private WireTime() {}

    public static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
