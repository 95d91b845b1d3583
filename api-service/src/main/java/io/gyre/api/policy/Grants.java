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
    public Decision decide(Question question, @Nullable Policy resourcePolicy) {
        if (question.principal().isRoot()) {
            return Decision.UNASKED;
        }
        Decision own = Policy.ofIdentity(Side.IDENTITY, attached, question);
        Decision limit =
                session == null ? Decision.UNASKED : Policy.ofIdentity(Side.SESSION, List.of(session), question);
        if (resourcePolicy == null) {
            return own.and(limit);
        }
        Decision byName = resourcePolicy.byName(question);
        Decision granted = !own.is(Verdict.DENIED) && byName.is(Verdict.ALLOWED)
                ? byName
                : own.and(resourcePolicy.ofAccount(question));
        return granted.and(limit);
    }
}
