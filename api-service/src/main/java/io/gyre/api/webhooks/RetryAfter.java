package io.gyre.api.webhooks;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header by which a receiver asks for patience. */
final class RetryAfter {
    /** Dates are left out: they need the receiver's clock to be right. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RetryAfter() {}

    /** Zero for what asks for nothing, or cannot be read. */
    static Duration of(@Nullable String header) {
        return header != null && SECONDS.matcher(header).matches()
                ? Duration.ofSeconds(Long.parseLong(header))
                : Duration.ZERO;
    }
}
