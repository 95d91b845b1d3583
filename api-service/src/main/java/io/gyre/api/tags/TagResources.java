package io.gyre.api.tags;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Sets tags of up to 50 secrets or keys, of all of them or of none; other tags that they have stay. */
@ApplicationScoped
public class TagResources implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final TaggedKinds kinds;
    private final TagChanges changes;
    private final Installation installation;

    TagResources(Mutiny.SessionFactory sessions, TaggedKinds kinds, TagChanges changes, Installation installation) {
        this.sessions = sessions;
        this.kinds = kinds;
        this.changes = changes;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "TagResources";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        TagParameters.checkRegion(request, installation);
        TaggedResources kind = kinds.ofType(request);
        List<String> names = TagParameters.requiredResourceIds(request);
        Tags tags = TagParameters.tags(request);
        return sessions.withStatelessTransaction(session -> changes.ofEach(
                        session,
                        request.caller().accountId(),
                        kind,
                        names,
                        former -> former.with(tags, TagParameters.TAGS)))
                .replaceWith(WireJson::answer);
    }
}
