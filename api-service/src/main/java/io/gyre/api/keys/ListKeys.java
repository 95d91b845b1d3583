package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.Filters;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the keys of an account, the oldest first, those that Gyre made for secrets among them. */
@ApplicationScoped
public class ListKeys implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyListing listing;
    private final Installation installation;

    ListKeys(Mutiny.SessionFactory sessions, KeyListing listing, Installation installation) {
        this.sessions = sessions;
        this.listing = listing;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "ListKeys";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        Page page = Page.of(request);
        Filters<KeyFilter> filters = Filters.given(KeyFilter.class, request.text("Filters"));
        return sessions.withStatelessTransaction(session -> listing.count(session, account, filters)
                .chain(total ->
                        listing.page(session, account, filters, page).map(keys -> answer(account, keys, page, total))));
    }

    private ObjectNode answer(String account, List<String> keyIds, Page page, long total) {
        ObjectNode answer = WireJson.answer();
        ArrayNode list = WireJson.list(answer, "Keys", "Key");
        for (String keyId : keyIds) {
            list.addObject().put("KeyId", keyId).put("KeyArn", KeyName.arn(installation, account, keyId));
        }
        page.describe(answer, total);
        return answer;
    }
}
