package io.gyre.api.waves;

import io.gyre.api.campaign.Campaign;
import io.gyre.api.campaign.CampaignState;
import io.gyre.api.campaign.WavePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as its row has it.
 *
 * @param reason why it stands so
 * @param probeUrl none where it has no probe
 * @param probeSeen what the probe said last; none before
 * @param createdBy the AccessKey of whoever made it
 * @param rolledBackBy of whoever ordered the way back
 * @param createdAt on the calendar
 * @param changedAt when it last stood otherwise, on the calendar
 * @param progress how far it is
 * @param now when this was read, on the operational clock
 */
public record CampaignRow(
        UUID id,
        String account,
        String name,
        CampaignState state,
        String reason,
        Selection selection,
        WavePlan plan,
        Duration overlap,
        int secrets,
        @Nullable String probeUrl,
        @Nullable String probeSeen,
        String createdBy,
        @Nullable String rolledBackBy,
        Instant createdAt,
        Instant changedAt,
        Campaign progress,
        Instant now) {}
