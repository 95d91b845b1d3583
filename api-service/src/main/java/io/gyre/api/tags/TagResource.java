package io.gyre.api.tags;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Sets tags of one secret or key, in the elder of the two forms; other tags that it has stay. */
@ApplicationScoped
public class TagResource implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final TaggedKinds kinds;
    private final TagChanges changes;

    TagResource(Mutiny.SessionFactory sessions, TaggedKinds kinds, TagChanges changes) {
        this.sessions = sessions;
        this.kinds = kinds;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "TagResource";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        TaggedResources kind = kinds.named(request);
        Tags tags = Tags.given(request.required("Tags"));
        return sessions.withStatelessTransaction(
                        session -> changes.ofNamed(session, request, kind, former -> former.with(tags, "Tags")))
                .replaceWith(WireJson::answer);
    }
}
