package io.gyre.api.waves;

import io.gyre.api.campaign.WavePlan;
import io.gyre.api.outgoing.OutgoingAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A campaign that is asked for, found valid.
 *
 * @param name for people
 * @param soak how long it watches after each wave, on the operational clock
 * @param failuresPercent the share of failures that it goes on with
 * @param overlap how long the former AccessKey of a RAM user lives on, on the calendar
 * @param start whether it begins at once
 */
public record NewCampaign(
        String name,
        Selection selection,
        WavePlan plan,
        Duration soak,
        int failuresPercent,
        Duration overlap,
        @Nullable OutgoingAddress probe,
        boolean start) {}
