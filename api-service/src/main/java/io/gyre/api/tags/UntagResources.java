package io.gyre.api.tags;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes tags from up to 50 secrets or keys, or all tags; a tag that is not there is gone already. */
@ApplicationScoped
public class UntagResources implements RpcAction {
    private static final String KEYS = "TagKey";

    private final Mutiny.SessionFactory sessions;
    private final TaggedKinds kinds;
    private final TagChanges changes;
    private final Installation installation;

    UntagResources(Mutiny.SessionFactory sessions, TaggedKinds kinds, TagChanges changes, Installation installation) {
        this.sessions = sessions;
        this.kinds = kinds;
        this.changes = changes;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "UntagResources";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        TagParameters.checkRegion(request, installation);
        TaggedResources kind = kinds.ofType(request);
        List<String> names = TagParameters.requiredResourceIds(request);
        UnaryOperator<Tags> change = change(request);
        return sessions.withStatelessTransaction(
                        session -> changes.ofEach(session, request.caller().accountId(), kind, names, change))
                .replaceWith(WireJson::answer);
    }

    /** Keys go before All, as in the other products that have this action. */
    private static UnaryOperator<Tags> change(RpcRequest request) {
        Set<String> keys = TagParameters.keys(request, KEYS);
        boolean all = request.flag("All", false);
        if (!keys.isEmpty()) {
            return former -> former.without(keys);
        }
        if (!all) {
            throw KmsFaults.missing(KEYS + ".1\" or \"All");
        }
        return former -> new Tags(Map.of());
    }
}
