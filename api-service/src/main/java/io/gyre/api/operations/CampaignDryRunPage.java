package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One page of a dry run of a campaign. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignDryRunPage(
        List<CampaignDryRuns.Look> secrets,

        @Schema(description = "Asks for the next page; none on the last one.") @Nullable
        String nextToken) {}
