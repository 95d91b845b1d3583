package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.rootkey.RootKeyStatus;
import io.gyre.api.rootkey.RunningProcess;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The root keys of the installation, as this API shows them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RootKeys")
record RootKeyView(
        @Schema(description = "The id of the root key that everything is sealed under from now on.", required = true)
        String currentId,

        @Schema(description = "Whether everything that is stored is sealed under it.", required = true)
        boolean settled,

        @Schema(description = "When a rotation was ordered last, on the wall clock; none if never.") @Nullable
        String rotatedAt,

        @Schema(description = "Who ordered it.") @Nullable String rotatedBy,

        @Schema(description = "Each one that something is sealed under, or that a process was given.", required = true)
        List<OfKey> keys,

        @Schema(description = "Those that run.", required = true)
        List<OfProcess> processes) {
    /** One root key. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RootKey")
    record OfKey(
            @Schema(description = "Derived from the key; it gives nothing of it away.", required = true)
            String id,

            @Schema(required = true) boolean current,

            @Schema(
                    description = "How many keys of KMS instances it seals, with those of the shares of KMS 1.0.",
                    required = true)
            long instances,

            @Schema(description = "How many of the account's own AccessKeys it seals.", required = true)
            long accessKeys,

            @Schema(description = "How many keys of the audit log it seals.", required = true)
            long auditKeys,

            @Schema(description = "How many secrets of webhooks it seals.", required = true)
            long webhookSecrets,

            @Schema(
                    description =
                            "Until when sessions of roles may live that were sealed below it, on the wall clock; none where"
                                    + " none lives.")
            @Nullable
            String sessionsUntil,

            @Schema(description = "Whether it may be taken away from every process.", required = true)
            boolean removable) {}

    /** One process. */
    @Schema(name = "RootKeyProcess")
    record OfProcess(
            @Schema(description = "api-service or rotation-worker.", required = true)
            String kind,

            @Schema(required = true) String name,

            @Schema(description = "The ids of the root keys that it was given.", required = true)
            List<String> knows,

            @Schema(description = "When it last told of itself; after 30 s it counts as ended.", required = true)
            long heardSecondsAgo) {}

    static RootKeyView of(RootKeyStatus status) {
        return new RootKeyView(
                status.current().hex(),
                status.settled(),
                status.rotatedAt() == null ? null : status.rotatedAt().toString(),
                status.rotatedBy(),
                status.keys().stream().map(RootKeyView::of).toList(),
                status.processes().stream().map(RootKeyView::of).toList());
    }

    private static OfKey of(RootKeyStatus.OfKey key) {
        return new OfKey(
                key.id().hex(),
                key.current(),
                key.amount().instances(),
                key.amount().accessKeys(),
                key.amount().auditKeys(),
                key.amount().webhookSecrets(),
                key.sessionsUntil() == null ? null : key.sessionsUntil().toString(),
                key.removable());
    }

    private static OfProcess of(RunningProcess process) {
        return new OfProcess(process.kind(), process.name(), process.knows(), process.heardSecondsAgo());
    }
}
