package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.policy.Ground;
import io.gyre.api.policy.Side;
import io.gyre.api.policy.Verdict;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whether somebody may do something, and what decides it. */
@Schema(description = "Whether somebody may do something, and what decides it.")
public record AccessVerdict(
        @Schema(description = "Who would call.", examples = "user/orders")
        String principal,

        @Schema(description = "What for.", examples = "kms:GetSecretValue")
        String action,

        @Schema(description = "As of when conditions were asked; UTC, on the wall clock.")
        Instant time,

        @Schema(description = "The address that the call would come from.")
        String sourceIp,

        @Schema(description = "Whether it would come over TLS.")
        boolean secureTransport,

        @Schema(description = "Whether all that the call needs is allowed.")
        boolean allowed,

        @Schema(description = "Each permission that the call needs. Empty where policies cannot be read.")
        List<Need> needs,

        @Schema(
                description =
                        "What the call needs on things that the question does not name, in words: to be asked by itself.")
        List<String> beside,

        @Schema(description = "Why nothing is allowed at all; empty where policies can be read.")
        String obstacle) {

    /** One permission. */
    @Schema(name = "AccessNeed")
    public record Need(
            @Schema(examples = "kms:Decrypt") String permission,

            @Schema(description = "The ARN that it is needed on.")
            String resource,

            @Schema(enumeration = {"allowed", "denied", "not-allowed"})
            String verdict,

            @Schema(
                    description =
                            "Which statements decide, or which sides are silent; of what is not allowed, a statement that would"
                                    + " allow it if its conditions held. None for the account itself.")
            List<DecidedBy> because,

            @Schema(description = "What decides, in a sentence.")
            String reason,

            @Schema(description = "What would allow it; empty where it is allowed.")
            String remedy) {}

    /** A statement, or a side on which none speaks. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AccessDecidedBy")
    public record DecidedBy(
            @Schema(
                    description = "Whose policy it is: the user's or role's, or that of the secret or key itself.",
                    enumeration = {"identity", "resource"})
            String side,

            @Schema(description = "The policy; none for that of a secret or key, and where nothing speaks.") @Nullable
            String policy,

            @Schema(description = "The statement, counted from 1; 0 where none speaks.")
            int statement,

            @Schema(description = "Of the statement; none where it has none.") @Nullable
            String sid) {

        static DecidedBy of(Ground ground) {
            return new DecidedBy(
                    ground.side() == Side.RESOURCE ? "resource" : "identity",
                    ground.policy().isEmpty() ? null : ground.policy(),
                    ground.statement(),
                    ground.sid().isEmpty() ? null : ground.sid());
        }
    }

    static String word(Verdict verdict) {
        return switch (verdict) {
            case ALLOWED -> "allowed";
            case DENIED -> "denied";
            case NOT_ALLOWED -> "not-allowed";
        };
    }
}
