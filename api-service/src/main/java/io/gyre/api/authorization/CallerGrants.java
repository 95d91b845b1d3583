package io.gyre.api.authorization;

import io.gyre.api.policy.Decision;
import io.gyre.api.policy.Facts;
import io.gyre.api.policy.Grants;
import io.gyre.api.policy.MalformedPolicy;
import io.gyre.api.policy.Policy;
import io.gyre.api.policy.PolicyReader;
import io.gyre.api.policy.Principal;
import io.gyre.api.policy.Question;
import io.gyre.api.wire.NotPermitted;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is granted. Real calls and questions about them are decided here, and nowhere else.
 *
 * @param on what the policies of the caller grant on a resource
 */
record CallerGrants(Principal principal, Function<Resource, Grants> on) {
    /** @throws NotPermitted where the policy of the resource cannot be understood */
    Decision decide(String permission, Resource resource, Circumstances now) {
        Facts facts = new Facts(now.time(), now.secure(), now.sourceAddress(), resource.tags());
        return on.apply(resource)
                .decide(
                        new Question(principal, permission, resource.arn(), facts),
                        understood(resource.policy(), PolicyReader::ofResource, "of " + resource.arn()));
    }

    /** Whatever it was meant to deny, so that nothing is permitted by what cannot be understood. */
    static @Nullable Policy understood(@Nullable String text, Function<String, Policy> reading, String whose) {
        if (text == null) {
            return null;
        }
        try {
            return reading.apply(text);
        } catch (MalformedPolicy malformed) {
            throw new NotPermitted(
                    "The policy " + whose + " cannot be enforced: " + malformed.rule() + " Set it anew.");
        }
    }
}
