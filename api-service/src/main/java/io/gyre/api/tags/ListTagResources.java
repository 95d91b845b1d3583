package io.gyre.api.tags;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Lists tags, of resources that are named or of all; where tags are given, only of resources that have all of those.
 * Resources that are not there have none.
 */
@ApplicationScoped
public class ListTagResources implements RpcAction {
    /** Tags a page; the API has no parameter for it. */
    private static final int PAGE = 100;

    private final Mutiny.SessionFactory sessions;
    private final TaggedKinds kinds;
    private final TagListing listing;
    private final Installation installation;

    ListTagResources(Mutiny.SessionFactory sessions, TaggedKinds kinds, TagListing listing, Installation installation) {
        this.sessions = sessions;
        this.kinds = kinds;
        this.listing = listing;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "ListTagResources";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        TagParameters.checkRegion(request, installation);
        TaggedResources kind = kinds.ofType(request);
        List<String> names = TagParameters.resourceIds(request);
        String carried = TagParameters.carried(request);
        PageMark after = PageMark.given(request.text("NextToken"));
        String account = request.caller().accountId();
        return sessions.withStatelessSession(session -> TagChanges.ids(session, account, kind, names)
                        .map(ids -> new TagQuery(List.copyOf(ids), carried, after, PAGE + 1))
                        .chain(query -> listing.page(session, kind.resourceType(), account, query)))
                .map(found -> answer(kind.resourceType(), found));
    }

    /** @param found one more than the page, where there is a next one */
    private static ObjectNode answer(String type, List<ResourceTag> found) {
        ObjectNode answer = WireJson.answer();
        ArrayNode list = WireJson.list(answer, "TagResources", "TagResource");
        List<ResourceTag> page = new ArrayList<>(found.subList(0, Math.min(PAGE, found.size())));
        for (ResourceTag tag : page) {
            list.addObject()
                    .put("ResourceId", tag.resourceId())
                    .put("ResourceType", type)
                    .put("TagKey", tag.key())
                    .put("TagValue", tag.value());
        }
        if (found.size() > PAGE) {
            ResourceTag last = page.get(PAGE - 1);
            answer.put("NextToken", new PageMark(last.resourceId(), last.key()).token());
        }
        return answer;
    }
}
