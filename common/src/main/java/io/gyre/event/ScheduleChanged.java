package io.gyre.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rotations by policies do not begin any more, or begin again: of all secrets at once. Of one secret, {@link SecretChanged} tells it.
 * Times are written as ISO 8601 text in UTC.
 *
 * @param by the AccessKey of whoever ordered it
 * @param reason as it was given; none where it was not
 * @param at the calendar's time
 * @param atWall the wall clock's time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleChanged(String by, @Nullable String reason, Instant at, Instant atWall) {
    /** The CloudEvents type once nothing begins by a policy. */
    public static final String PAUSED = "io.gyre.schedule.paused.v1";

    /** The CloudEvents type once rotations begin by policies again. */
    public static final String RESUMED = "io.gyre.schedule.resumed.v1";

    /** The key of both. */
    public static final String KEY = "schedule";
}
