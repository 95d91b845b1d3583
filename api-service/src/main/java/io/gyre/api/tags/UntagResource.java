package io.gyre.api.tags;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes tags from one secret or key, in the elder of the two forms; a tag that is not there is gone already. */
@ApplicationScoped
public class UntagResource implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final TaggedKinds kinds;
    private final TagChanges changes;

    UntagResource(Mutiny.SessionFactory sessions, TaggedKinds kinds, TagChanges changes) {
        this.sessions = sessions;
        this.kinds = kinds;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "UntagResource";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        TaggedResources kind = kinds.named(request);
        request.required("TagKeys");
        Set<String> keys = TagParameters.keys(request, "TagKeys");
        return sessions.withStatelessTransaction(
                        session -> changes.ofNamed(session, request, kind, former -> former.without(keys)))
                .replaceWith(WireJson::answer);
    }
}
