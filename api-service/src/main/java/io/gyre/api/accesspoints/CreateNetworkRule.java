package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Names source addresses, for policies of access points. */
@ApplicationScoped
public class CreateNetworkRule implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final NetworkRuleStore rules;
    private final Installation installation;

    CreateNetworkRule(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            NetworkRuleStore rules,
            Installation installation) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.rules = rules;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "CreateNetworkRule";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        String description = PointText.description(request, "");
        NetworkSources.checkType(request);
        List<String> sources = NetworkSources.of(request);
        return sessions.withStatelessTransaction(session -> calendar.now(session)
                        .chain(now -> rules.add(session, account, name, description, sources, now)))
                .replaceWith(() -> WireJson.answer()
                        .put("Arn", PointArn.networkRule(installation, account, name))
                        .put("Name", name)
                        .put("Type", PointAnswers.PRIVATE)
                        .put("SourcePrivateIp", PointText.json(sources))
                        .put("Description", description));
    }
}
