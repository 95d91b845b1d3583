package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.tags.Tags;
import io.gyre.api.wire.Filters;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists an account's secrets by name, those planned for deletion among them. */
@ApplicationScoped
public class ListSecrets implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final SecretListing listing;

    ListSecrets(Mutiny.SessionFactory sessions, SecretListing listing) {
        this.sessions = sessions;
        this.listing = listing;
    }

    @Override
    public String name() {
        return "ListSecrets";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        Page page = Page.of(request);
        boolean tags = request.flag("FetchTags", false);
        Filters<SecretFilter> filters = Filters.given(SecretFilter.class, request.text("Filters"));
        return sessions.withStatelessTransaction(session -> listing.count(session, account, filters)
                .chain(total -> listing.page(session, account, filters, page)
                        .map(secrets -> answer(secrets, tags, page, total))));
    }

    private static ObjectNode answer(List<Secret> secrets, boolean tags, Page page, long total) {
        ObjectNode answer = WireJson.answer();
        ArrayNode list = WireJson.list(answer, "SecretList", "Secret");
        for (Secret secret : secrets) {
            ObjectNode entry = list.addObject()
                    .put("SecretName", secret.name())
                    .put("SecretType", secret.type().wireName())
                    .put("CreateTime", WireTime.text(secret.createdAt()))
                    .put("UpdateTime", WireTime.text(secret.updatedAt()));
            Instant deletion = secret.deletionPlannedAt();
            if (deletion != null) {
                entry.put("PlannedDeleteTime", WireTime.text(deletion));
            }
            if (tags) {
                Tags.stored(secret.tags()).describe(entry);
            }
        }
        page.describe(answer, total);
        return answer;
    }
}
