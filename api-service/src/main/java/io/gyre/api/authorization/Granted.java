package io.gyre.api.authorization;

import io.gyre.api.access.Installation;
import io.gyre.api.accesspoints.PointPrincipal;
import io.gyre.api.policy.Grants;
import io.gyre.api.policy.PolicyReader;
import io.gyre.api.policy.Principal;
import io.gyre.rpc.AccessKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Finds what somebody is granted: by policies that are attached, by those of an access point, within the limit of a session. */
@ApplicationScoped
class Granted {
    private final AttachedPolicies attached;
    private final PointPolicies points;
    private final Installation installation;

    Granted(AttachedPolicies attached, PointPolicies points, Installation installation) {
        this.attached = attached;
        this.points = points;
        this.installation = installation;
    }

    /** Who may do everything. */
    boolean isTheAccount(Principal principal) {
        return principal.isRoot() && principal.accountId().equals(installation.account());
    }

    /**
     * What the caller's own policies grant on a resource; those of an access point hold in an instance each.
     *
     * @return fails with {@link io.gyre.api.wire.NotPermitted} where one of them cannot be understood
     */
    Uni<CallerGrants> to(AccessKey caller) {
        Principal principal = principal(caller);
        Optional<String> point = PointPrincipal.accessPoint(principal.name());
        return point.isPresent()
                ? points.of(principal.accountId(), point.get())
                        .map(policies -> new CallerGrants(
                                principal, resource -> new Grants(policies.in(resource.instanceId()), null)))
                : attached.of(principal.accountId(), principal.attachedTo()).map(policies -> {
                    Grants grants = new Grants(
                            policies,
                            CallerGrants.understood(
                                    caller.sessionPolicy(), PolicyReader::ofIdentity, "of this session"));
                    return new CallerGrants(principal, resource -> grants);
                });
    }

    static Principal principal(AccessKey caller) {
        return new Principal(caller.accountId(), caller.principal());
    }
}
