package io.gyre.api.schedule;

import io.gyre.schedule.Policy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret that was handed out to this process, to be begun or put off.
 *
 * @param taken until when no other process looks at it; whoever changes its plan meanwhile changes this
 * @param usable whether its key and instance can be used
 * @param rotating whether a rotation of it has not ended
 * @param heldSince since when it is due and cannot begin
 * @param now what the calendar showed
 * @param speed of the calendar
 */
record DueSecret(
        long secretId,
        Instant taken,
        Policy policy,
        boolean usable,
        boolean rotating,
        @Nullable Instant heldSince,
        Instant now,
        double speed) {}
