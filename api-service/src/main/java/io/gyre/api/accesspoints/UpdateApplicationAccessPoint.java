package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.AccessPoint;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Gives an access point other policies, or another description; what is not given stays. */
@ApplicationScoped
public class UpdateApplicationAccessPoint implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final PointPolicyStore policies;
    private final AccessPointStore points;
    private final Event<AccessPointsChanged> changes;

    UpdateApplicationAccessPoint(
            Mutiny.SessionFactory sessions,
            PointPolicyStore policies,
            AccessPointStore points,
            Event<AccessPointsChanged> changes) {
        this.sessions = sessions;
        this.policies = policies;
        this.points = points;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "UpdateApplicationAccessPoint";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        return sessions.withStatelessTransaction(session -> AccessPointStore.ROWS
                        .locked(session, account, name)
                        .call(point ->
                                points.describe(session, point, PointText.description(request, point.description())))
                        .chain(point -> replaced(session, request, point)))
                .invoke(() -> changes.fire(new AccessPointsChanged()))
                .replaceWith(WireJson::answer);
    }

    private Uni<Void> replaced(Mutiny.StatelessSession session, RpcRequest request, AccessPoint point) {
        if (request.optional(AttachedNames.PARAMETER) == null) {
            return Uni.createFrom().voidItem();
        }
        List<String> named = AttachedNames.of(request);
        return policies.hold(session, point.accountId(), named).chain(() -> points.replace(session, point, named));
    }
}
