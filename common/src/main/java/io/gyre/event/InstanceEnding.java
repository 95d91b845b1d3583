package io.gyre.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A KMS instance comes near its expiry or its release, or has reached it. Times are the calendar's, written as ISO 8601 text
 * in UTC.
 *
 * @param name for people; may be empty
 * @param status {@code Running}, {@code Expired} or {@code Released}
 * @param releasePlannedAt when its key is, or was to be, destroyed
 * @param note what that means and what to do, as a person reads it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InstanceEnding(
        String instanceArn,
        String instanceId,
        String name,
        String status,
        Instant expiresAt,
        Instant releasePlannedAt,
        String note) {
    /** The CloudEvents type ahead of the expiry. */
    public static final String EXPIRING = "io.gyre.instance.expiring.v1";

    /** The CloudEvents type from the expiry on, ahead of the release. */
    public static final String EXPIRED = "io.gyre.instance.expired.v1";

    /** The CloudEvents type once its key is destroyed. */
    public static final String RELEASED = "io.gyre.instance.released.v1";
}
