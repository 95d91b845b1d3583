package io.gyre.api.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one identity is granted by its own policies, and how that is joined with the policy of a secret or key.
 *
 * @param attached to the user or role
 * @param session what a session was limited to when its role was assumed; null for no limit
 */
public record Grants(List<Policy> attached, @Nullable Policy session) {
    public Grants {
        attached = List.copyOf(attached);
    }

    /**
     * A denial anywhere wins. Without a policy of the resource, the identity's own decide. With one, it must allow too:
     * where it does so for the account as a whole, the identity's own policies must as well; where it names the identity,
     * that is enough. A session's limit holds in any case. The account itself may do everything, so that no policy locks
     * it out.
     *
     * @param resourcePolicy null where the resource has none, or has the default one
     */
    public Verdict permit(Question question, @Nullable Policy resourcePolicy) {
        if (question.principal().isRoot()) {
            return Verdict.ALLOWED;
        }
        Verdict own = Policy.ofIdentity(attached, question);
        Verdict limit = session == null ? Verdict.ALLOWED : Policy.ofIdentity(List.of(session), question);
        if (resourcePolicy == null) {
            return both(own, limit);
        }
        Verdict byName = resourcePolicy.byName(question);
        Verdict granted = own != Verdict.DENIED && byName == Verdict.ALLOWED
                ? Verdict.ALLOWED
                : both(own, resourcePolicy.ofAccount(question));
        return both(granted, limit);
    }

    private static Verdict both(Verdict one, Verdict other) {
        if (one == Verdict.DENIED || other == Verdict.DENIED) {
            return Verdict.DENIED;
        }
        return one == Verdict.ALLOWED && other == Verdict.ALLOWED ? Verdict.ALLOWED : Verdict.NOT_ALLOWED;
    }
}
