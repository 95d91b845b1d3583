package io.gyre.api.instances;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the account's instances, the oldest first; one that was released is not there any more. */
@ApplicationScoped
public class ListKmsInstances implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstanceStore store;
    private final Installation installation;

    ListKmsInstances(Mutiny.SessionFactory sessions, InstanceStore store, Installation installation) {
        this.sessions = sessions;
        this.store = store;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "ListKmsInstances";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        Page page = Page.of(request, 20);
        String account = request.caller().accountId();
        return sessions.withStatelessSession(session -> store.page(session, account, page)
                .chain(instances -> store.count(session, account).map(total -> {
                    ObjectNode answer = WireJson.answer();
                    ArrayNode list = WireJson.list(answer, "KmsInstances", "KmsInstance");
                    instances.forEach(instance -> list.addObject()
                            .put("KmsInstanceId", instance.instanceId())
                            .put("KmsInstanceArn", InstanceRules.arn(installation.region(), instance)));
                    page.describe(answer, total);
                    return answer;
                })));
    }
}
