package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A rotation with everything that is known of it but the credentials' values. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A rotation with everything that is known of it but the credentials' values.")
public record RotationDetail(
        @JsonUnwrapped RotationSummary rotation,

        @Schema(description = "Where it went wrong: what is seen, what it means, what to do.") @Nullable
        String finding,

        @Schema(description = "How often in a row something has failed since it last rested.")
        int attempt,

        @Schema(description = "Where the credential is checked: the secret's ExtendedConfig, flat.")
        Map<String, String> target,

        @Schema(description = "For how many seconds the former credential lives on beside the new one (RAM).") @Nullable
        Long overlapSeconds,

        @Schema(description = "From when on it counts as late; then when the target is looked at next.")
        RotationSummary.@Nullable Moment lateAt,

        @Schema(description = "The worker that is at it now.") @Nullable
        Lease lease,

        Credentials credentials,

        @Schema(description = "Oldest first.") List<Entry> timeline,

        @Schema(description = "Credentials that it left at the target and that no program is given.")
        List<Orphan> orphans,

        @Schema(description = "By which its trace is looked up: docs/traces.md. None where nobody traced as it began.")
        @Nullable
        String traceId,

        @Schema(description = "What both clocks showed as this was read.")
        AsOf asOf) {

    /** Which worker has it in hand. */
    @Schema(name = "Lease")
    public record Lease(
            String worker,

            @Schema(description = "On the operational clock.")
            Instant until) {}

    /** The credentials that change places. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Credentials")
    public record Credentials(
            @Schema(description = "Becomes ACSCurrent, or has become it.")
            Version candidate,

            @Schema(description = "Was ACSCurrent at the request.")
            Version former,

            @Schema(description = "Was ACSPrevious at the request.") @Nullable
            Version idle) {}

    /** A version of the secret. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Version")
    public record Version(
            String versionId,

            @Schema(
                    description =
                            "What the credential is called at its target: an AccessKey's id, an account, a user. None"
                                    + " where it is not made yet, or not kept any more.")
            @Nullable
            String name) {}

    /** One entry of the timeline. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Entry")
    public record Entry(
            int step,
            String phase,
            String state,
            String note,

            @Schema(description = "Who did it; none for what the API did.") @Nullable
            String worker,

            Instant at,
            @Schema(description = "On the wall clock.") Instant atWall) {}

    /** Both clocks at one moment. */
    @Schema(name = "AsOf")
    public record AsOf(Instant calendar, Instant wall) {}
}
