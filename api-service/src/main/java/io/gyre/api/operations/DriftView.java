package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is held of a secret's credentials. Times are on the calendar. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Drift",
        description =
                "Whether a secret's credentials still authenticate at their target. Times are UTC, on the calendar.")
record DriftView(
        String secretName,

        @Schema(description = "As the KMS API spells it.", examples = "RAMCredentials")
        String secretType,

        @Schema(
                enumeration = {"Unknown", "Good", "Drifted", "PreviousDrifted", "Unchecked"},
                description =
                        "Drifted: the target refuses ACSCurrent. PreviousDrifted: it refuses the other of two accounts."
                                + " Unchecked: five looks in a row or more proved nothing. Unknown: no look has proved"
                                + " anything yet.")
        String state,

        @Schema(description = "What is seen; only where something is wrong, as the two that follow.") @Nullable
        String seen,

        @Schema(description = "What it means.") @Nullable String means,

        @Schema(description = "What to do.") @JsonProperty("do") @Nullable
        String remedy,

        @Schema(description = "Since when it is in this state.") @Nullable
        Instant since,

        @Schema(description = "The last look.") @Nullable Instant lookedAt,

        @Schema(description = "The last look that proved something.") @Nullable
        Instant decidedAt,

        @Schema(description = "Seen beside it, and nothing that is wrong.") @Nullable
        String observation,

        @Schema(description = "Why the last look proved nothing; none where it did.") @Nullable
        String problem,

        @Schema(description = "How many looks in a row have proved nothing.")
        int failures,

        @Schema(description = "The rotation that goes on now, a repair, say.") @Nullable
        UUID rotationId) {}
