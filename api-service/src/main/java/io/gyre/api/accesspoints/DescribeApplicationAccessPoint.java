package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells which policies an access point has. */
@ApplicationScoped
public class DescribeApplicationAccessPoint implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final AccessPointStore points;
    private final Installation installation;

    DescribeApplicationAccessPoint(Mutiny.SessionFactory sessions, AccessPointStore points, Installation installation) {
        this.sessions = sessions;
        this.points = points;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "DescribeApplicationAccessPoint";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        return sessions.withStatelessSession(session -> AccessPointStore.ROWS
                .named(session, account, name)
                .chain(point -> points.policies(session, point).map(policies -> WireJson.answer()
                        .put("Arn", PointArn.accessPoint(installation, account, name))
                        .put("Name", name)
                        .put("AuthenticationMethod", PointAnswers.AUTHENTICATION)
                        .put("Policies", PointText.json(policies))
                        .put("Description", point.description()))));
    }
}
