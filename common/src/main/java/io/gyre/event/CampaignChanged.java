package io.gyre.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A campaign stands otherwise than before, told after it was committed. What becomes of its rotations is told by their own
 * records. Times are written as ISO 8601 text in UTC.
 *
 * @param name for people
 * @param state {@code Running}, {@code Paused}, {@code Stopped}, {@code Ended}, {@code RollingBack} or {@code RolledBack}
 * @param wave the latest wave that has begun, from 1; 0 before the first
 * @param waves how many it has
 * @param secrets how many secrets it is to rotate
 * @param note what happened and why, as a person reads it
 * @param by the AccessKey of whoever ordered it; none for what the campaign did by itself
 * @param at the calendar's time
 * @param atWall the wall clock's time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignChanged(
        UUID campaignId,
        String name,
        String state,
        int wave,
        int waves,
        int secrets,
        String note,
        @Nullable String by,
        Instant at,
        Instant atWall) {
    /** The CloudEvents type once its selection is fixed. */
    public static final String CREATED = "io.gyre.campaign.created.v1";

    /** The CloudEvents type as the secrets of a wave begin. */
    public static final String WAVE_BEGUN = "io.gyre.campaign.wave-begun.v1";

    /** The CloudEvents type when its stop rule, or a person, stopped it. */
    public static final String STOPPED = "io.gyre.campaign.stopped.v1";

    /** The CloudEvents type when a person paused it. */
    public static final String PAUSED = "io.gyre.campaign.paused.v1";

    /** The CloudEvents type when a person let it begin or go on. */
    public static final String RESUMED = "io.gyre.campaign.resumed.v1";

    /** The CloudEvents type when every wave is done. */
    public static final String ENDED = "io.gyre.campaign.ended.v1";

    /** The CloudEvents type when a person ordered that it be rolled back. */
    public static final String ROLLING_BACK = "io.gyre.campaign.rolling-back.v1";

    /** The CloudEvents type when what could be put back is put back. */
    public static final String ROLLED_BACK = "io.gyre.campaign.rolled-back.v1";
}
