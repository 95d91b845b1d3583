package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a worker saw that looked and changed nothing. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DryRun")
public record DryRunView(
        String secretName,

        @Schema(description = "Whether a rotation would begin to change the target.")
        boolean passed,

        @Schema(description = "What was seen, in sentences.")
        List<String> report,

        @Schema(description = "What speaks against it, and what to do; none where it passed.") @Nullable
        String finding) {}
