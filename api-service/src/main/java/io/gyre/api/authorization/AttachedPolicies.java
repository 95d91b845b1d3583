package io.gyre.api.authorization;

import io.gyre.api.database.BrieflyKept;
import io.gyre.api.policy.MalformedPolicy;
import io.gyre.api.policy.Policy;
import io.gyre.api.policy.PolicyReader;
import io.gyre.api.ram.AttachedDocuments;
import io.gyre.api.ram.AttachedDocuments.Attached;
import io.gyre.api.ram.PoliciesChanged;
import io.gyre.api.wire.NotPermitted;
import io.gyre.metrics.Metrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The policies that speak for a user or role, kept for a few seconds. */
@ApplicationScoped
class AttachedPolicies {
    private record Identity(String account, String principal) {}

    private final Mutiny.SessionFactory sessions;
    private final AttachedDocuments documents;
    private final BrieflyKept<Identity, List<Policy>> recent;

    AttachedPolicies(Mutiny.SessionFactory sessions, AttachedDocuments documents, Metrics metrics) {
        this.sessions = sessions;
        this.documents = documents;
        this.recent = new BrieflyKept<>(this::read, metrics, "policies");
    }

    /**
     * Of whom a policy can be attached to: {@code user/NAME} or {@code role/NAME}.
     *
     * @return fails with {@link NotPermitted} where one of them cannot be understood, for it may deny what is asked for
     */
    Uni<List<Policy>> of(String account, String principal) {
        return recent.get(new Identity(account, principal));
    }

    void changed(@Observes PoliciesChanged change) {
        recent.forget();
    }

    private Uni<List<Policy>> read(Identity identity) {
        return sessions.withStatelessSession(session -> documents.of(session, identity.account(), identity.principal()))
                .map(attached -> attached.stream()
                        .map(each -> understood(each, identity.principal()))
                        .toList());
    }

    private static Policy understood(Attached attached, String principal) {
        try {
            return PolicyReader.ofIdentity(attached.document()).named(attached.name());
        } catch (MalformedPolicy malformed) {
            throw new NotPermitted("The policy " + attached.name() + ", which is attached to " + principal
                    + ", cannot be enforced: " + malformed.rule() + " Give it another version.");
        }
    }
}
