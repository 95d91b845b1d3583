package io.gyre.api.tags;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the tags of one key, in the elder of the two forms; those of a secret are told by DescribeSecret. */
@ApplicationScoped
public class ListResourceTags implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final TaggedKinds kinds;
    private final TagListing listing;

    ListResourceTags(Mutiny.SessionFactory sessions, TaggedKinds kinds, TagListing listing) {
        this.sessions = sessions;
        this.kinds = kinds;
        this.listing = listing;
    }

    @Override
    public String name() {
        return "ListResourceTags";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = request.required("KeyId");
        TaggedResources keys = kinds.named(request);
        String account = request.caller().accountId();
        return sessions.withStatelessSession(session -> keys.id(session, account, "KeyId", name)
                .chain(id -> listing.ofOne(session, keys.resourceType(), account, id)
                        .onItem()
                        .ifNull()
                        .failWith(keys::notFound)
                        .map(tags -> answer(id, tags))));
    }

    private static ObjectNode answer(String keyId, Tags tags) {
        ObjectNode answer = WireJson.answer();
        ArrayNode list = WireJson.list(answer, "Tags", "Tag");
        tags.values()
                .forEach((key, value) ->
                        list.addObject().put("KeyId", keyId).put("TagKey", key).put("TagValue", value));
        return answer;
    }
}
