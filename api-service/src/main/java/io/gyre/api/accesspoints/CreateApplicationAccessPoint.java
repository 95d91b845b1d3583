package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes an access point, by which programs that hold one of its client keys may do what its policies permit. */
@ApplicationScoped
public class CreateApplicationAccessPoint implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final PointPolicyStore policies;
    private final AccessPointStore points;
    private final Installation installation;

    CreateApplicationAccessPoint(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            PointPolicyStore policies,
            AccessPointStore points,
            Installation installation) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.policies = policies;
        this.points = points;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "CreateApplicationAccessPoint";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        String description = PointText.description(request, "");
        checkAuthentication(request);
        List<String> named = AttachedNames.of(request);
        return sessions.withStatelessTransaction(session -> policies.hold(session, account, named)
                        .chain(() -> calendar.now(session))
                        .chain(now -> points.add(session, account, name, description, named, now)))
                .replaceWith(() -> WireJson.answer()
                        .put("Arn", PointArn.accessPoint(installation, account, name))
                        .put("Name", name)
                        .put("AuthenticationMethod", PointAnswers.AUTHENTICATION)
                        .put("Policies", PointText.json(named))
                        .put("Description", description));
    }

    private static void checkAuthentication(RpcRequest request) {
        String method = request.text("AuthenticationMethod");
        if (method != null && !method.isEmpty() && !method.equals(PointAnswers.AUTHENTICATION)) {
            throw KmsFaults.invalid("AuthenticationMethod", "it must be " + PointAnswers.AUTHENTICATION + ".");
        }
    }
}
