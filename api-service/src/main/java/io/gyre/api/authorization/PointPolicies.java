package io.gyre.api.authorization;

import io.gyre.api.accesspoints.AccessPointsChanged;
import io.gyre.api.accesspoints.InstanceGrants;
import io.gyre.api.accesspoints.InstanceGrants.InstanceGrant;
import io.gyre.api.database.BrieflyKept;
import io.gyre.api.policy.MalformedPolicy;
import io.gyre.api.policy.Policy;
import io.gyre.api.policy.PolicyReader;
import io.gyre.metrics.Metrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What access points may do, instance by instance, kept for a few seconds. */
@ApplicationScoped
class PointPolicies {
    private record Point(String account, String name) {}

    /** A policy that holds in one instance. */
    private record InstancePolicy(String instanceId, Policy policy) {
        static InstancePolicy of(InstanceGrant grant) {
            try {
                return new InstancePolicy(grant.instanceId(), PolicyReader.ofIdentity(grant.document()));
            } catch (MalformedPolicy malformed) {
                throw new IllegalStateException("Gyre wrote a policy that it cannot read: " + malformed.rule());
            }
        }
    }

    /** All of one access point. */
    record OfPoint(List<InstancePolicy> policies) {
        /**
         * Those that hold for what lies in an instance.
         *
         * @param instanceId null for what is not there: then all, so that whoever could read it hears that it is not
         */
        List<Policy> in(@Nullable String instanceId) {
            return policies.stream()
                    .filter(each -> instanceId == null || each.instanceId().equals(instanceId))
                    .map(InstancePolicy::policy)
                    .toList();
        }
    }

    private final Mutiny.SessionFactory sessions;
    private final InstanceGrants grants;
    private final BrieflyKept<Point, OfPoint> recent;

    PointPolicies(Mutiny.SessionFactory sessions, InstanceGrants grants, Metrics metrics) {
        this.sessions = sessions;
        this.grants = grants;
        this.recent = new BrieflyKept<>(this::read, metrics, "point_policies");
    }

    Uni<OfPoint> of(String account, String accessPoint) {
        return recent.get(new Point(account, accessPoint));
    }

    void changed(@Observes AccessPointsChanged change) {
        recent.forget();
    }

    private Uni<OfPoint> read(Point point) {
        return sessions.withStatelessSession(session -> grants.of(session, point.account(), point.name()))
                .map(found -> new OfPoint(found.stream().map(InstancePolicy::of).toList()));
    }
}
