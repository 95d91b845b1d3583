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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        List<String> accounts = asked.credentials().stream()
                .map(credential -> String.valueOf(credential.name()))
                .toList();
        if (accounts.size() == 1) {
            return verify(look(asked, config, accounts.get(0), null), config);
        }
        // A rotation looks at the account that it is about to change, the idle one: each of a pair is that in turn.
        return verify(look(asked, config, accounts.get(0), accounts.get(1)), config)
                .chain(() -> verify(look(asked, config, accounts.get(1), accounts.get(0)), config));
    }

    private Uni<Void> verify(Inspection look, ExtendedConfig config) {
        return inspections
                .answer(look, ANSWERED_WITHIN)
                .invoke(answer -> refuse(answer, config))
                .replaceWithVoid();
    }

    private static Inspection look(NewSecret asked, ExtendedConfig config, String former, @Nullable String idle) {
        return new Inspection(
                null,
                null,
                null,
                asked.type().rotationType().orElseThrow(),
                config.subType().wireName(),
                config.flat(),
                former,
                idle);
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
