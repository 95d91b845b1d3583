package io.gyre.api.authorization;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gyre.api.policy.MalformedPolicy;
import io.gyre.api.policy.Policy;
import io.gyre.api.policy.PolicyReader;
import io.gyre.api.ram.AttachedDocuments;
import io.gyre.api.ram.AttachedDocuments.Attached;
import io.gyre.api.ram.PoliciesChanged;
import io.gyre.api.wire.NotPermitted;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The policies that speak for a user or role, read and kept for a few seconds: that long, what another process attached,
 * detached or worded anew does not count here yet.
 */
@ApplicationScoped
class AttachedPolicies {
    /** As long as a key that was disabled elsewhere goes on working here. */
    static final Duration LIFE = Duration.ofSeconds(5);

    private static final int CAPACITY = 10_000;

    private record Identity(String account, String principal) {}

    private final Mutiny.SessionFactory sessions;
    private final AttachedDocuments documents;
    private final AsyncCache<Identity, List<Policy>> recent =
            Caffeine.newBuilder().expireAfterWrite(LIFE).maximumSize(CAPACITY).buildAsync();

    AttachedPolicies(Mutiny.SessionFactory sessions, AttachedDocuments documents) {
        this.sessions = sessions;
        this.documents = documents;
    }

    /**
     * Of whom a policy can be attached to: {@code user/NAME} or {@code role/NAME}.
     *
     * @return goes on in the caller's context, whoever asked first; fails with {@link NotPermitted} where one of them
     *     cannot be understood, for it may deny what is asked for
     */
    Uni<List<Policy>> of(String account, String principal) {
        CompletableFuture<List<Policy>> policies =
                recent.get(new Identity(account, principal), (identity, executor) -> read(identity)
                        .subscribeAsCompletionStage());
        if (policies.isDone() && !policies.isCompletedExceptionally()) {
            return Uni.createFrom().item(policies.join());
        }
        Context own = Vertx.currentContext();
        return Uni.createFrom().completionStage(policies).emitOn(task -> own.runOnContext(on -> task.run()));
    }

    /** In this process at once. A reading that is under way is not kept. */
    void changed(@Observes PoliciesChanged change) {
        recent.synchronous().invalidateAll();
    }

    private Uni<List<Policy>> read(Identity identity) {
        return sessions.withStatelessSession(session -> documents.of(session, identity.account(), identity.principal()))
                .map(attached -> attached.stream()
                        .map(each -> understood(each, identity.principal()))
                        .toList());
    }

    private static Policy understood(Attached attached, String principal) {
        try {
            return PolicyReader.ofIdentity(attached.document());
        } catch (MalformedPolicy malformed) {
            throw new NotPermitted("The policy " + attached.name() + ", which is attached to " + principal
                    + ", cannot be enforced: " + malformed.rule() + " Give it another version.");
        }
    }
}
