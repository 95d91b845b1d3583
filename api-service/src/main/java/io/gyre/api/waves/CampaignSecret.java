package io.gyre.api.waves;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A secret of a campaign.
 *
 * @param place from 1, in the order in which they begin
 * @param standing {@code planned}, {@code running}, {@code done}, {@code failed} or {@code skipped}
 * @param note why it was skipped, or the latest entry of its rotation's timeline
 * @param wayBack once the campaign is rolled back: {@code rolling-back}, {@code rolled-back}, {@code declined}, {@code
 *     succeeded-before} or {@code failed-before}
 */
public record CampaignSecret(
        int place,
        int wave,
        String secretName,
        @Nullable UUID rotationId,
        String standing,
        @Nullable String note,
        @Nullable String wayBack) {}
