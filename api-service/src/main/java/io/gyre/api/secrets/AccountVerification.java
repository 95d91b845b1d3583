package io.gyre.api.secrets;

import io.gyre.api.wire.KmsFaults;
import io.gyre.api.workers.Inspection;
import io.gyre.api.workers.InspectionAnswer;
import io.gyre.api.workers.Inspections;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Has a worker look for the instance and the accounts of an Rds secret before it is created: one that names what is not
 * there could never be rotated.
 */
@ApplicationScoped
class AccountVerification {
    /** Below the 10 s that the published SDKs wait for an answer, so that they read this one. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(8);

    private final Inspections inspections;
    private final SecretsSettings settings;

    AccountVerification(Inspections inspections, SecretsSettings settings) {
        this.inspections = inspections;
        this.settings = settings;
    }

    /** Whether what the request creates is to be verified. */
    boolean concerns(RpcRequest request) {
        return settings.verifyAccounts() && SecretType.RDS.wireName().equals(request.text("SecretType"));
    }

    /** @return fails with an {@link RpcFault}: InvalidParameter with the finding, or 503 where no worker answers */
    Uni<Void> verify(NewSecret asked) {
        ExtendedConfig config = asked.managedConfig();
        return inspections
                .answer(look(asked, config), ANSWERED_WITHIN)
                .invoke(answer -> refuse(answer, config))
                .replaceWithVoid();
    }

    private static Inspection look(NewSecret asked, ExtendedConfig config) {
        return new Inspection(
                null,
                null,
                null,
                asked.type().rotationType().orElseThrow(),
                config.subType().wireName(),
                config.flat(),
                String.valueOf(asked.credentials().get(0).name()),
                asked.credentials().size() > 1 ? asked.credentials().get(1).name() : null);
    }

    private static void refuse(Optional<InspectionAnswer> answer, ExtendedConfig config) {
        InspectionAnswer seen = answer.orElseThrow(
                () -> KmsFaults.noWorkerVerified(String.valueOf(config.place().get("DBInstanceId")), ANSWERED_WITHIN));
        String finding = seen.finding();
        if (finding != null) {
            throw KmsFaults.accountNotVerified(finding);
        }
    }
}
