package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.tags.ResourceTag;
import io.gyre.api.tags.TagQuery;
import io.gyre.api.tags.TaggedResources;
import io.gyre.api.tags.Tags;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The tags of secrets, also while they are rotated or planned for deletion. */
@ApplicationScoped
class SecretTags implements TaggedResources {
    /** Bound as text: bound as jsonb, the PostgreSQL client would encode an array as one JSON string. */
    private static final String CARRIED = """
            SELECT s.name, tag ->> 'TagKey', tag ->> 'TagValue'
            FROM secret s CROSS JOIN LATERAL jsonb_array_elements(CAST(s.tags AS jsonb)) AS tag
            WHERE s.account_id = :account
              AND CAST(s.tags AS jsonb) @> CAST(CAST(:carried AS text) AS jsonb)
              AND (s.name COLLATE "C", (tag ->> 'TagKey') COLLATE "C") > (:afterName, :afterKey)
            """;

    private static final String NAMED = CARRIED + """
              AND s.name IN (SELECT jsonb_array_elements_text(CAST(CAST(:names AS text) AS jsonb)))
            """;

    private static final String PAGED = """
            ORDER BY s.name COLLATE "C", (tag ->> 'TagKey') COLLATE "C"
            LIMIT :limit
            """;

    private final InstallationCalendar calendar;
    private final SecretStore store;
    private final Installation installation;

    SecretTags(InstallationCalendar calendar, SecretStore store, Installation installation) {
        this.calendar = calendar;
        this.store = store;
        this.installation = installation;
    }

    @Override
    public String resourceType() {
        return "secret";
    }

    @Override
    public String nameParameter() {
        return "SecretName";
    }

    @Override
    public Uni<String> id(Mutiny.StatelessSession session, String account, String parameter, String name) {
        return Uni.createFrom().item(() -> SecretNames.named(parameter, name, account, installation));
    }

    @Override
    public Uni<@Nullable Tags> tags(Mutiny.StatelessSession session, String account, String name) {
        return store.find(session, account, name).map(found -> found == null ? null : Tags.stored(found.tags()));
    }

    @Override
    public Uni<Boolean> change(
            Mutiny.StatelessSession session, String account, String name, UnaryOperator<Tags> change) {
        return store.lockedIfThere(session, account, name)
                .chain(found -> found == null
                        ? Uni.createFrom().item(false)
                        : change(session, found, change).replaceWith(true));
    }

    private Uni<Void> change(Mutiny.StatelessSession session, Secret secret, UnaryOperator<Tags> change) {
        String tags = change.apply(Tags.stored(secret.tags())).toJson();
        return calendar.now(session)
                .chain(now -> session.update(secret.tagged(tags).updated(now.calendar())));
    }

    @Override
    public Uni<List<ResourceTag>> list(Mutiny.StatelessSession session, String account, TagQuery query) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        query.resourceIds().forEach(names::add);
        Mutiny.SelectionQuery<Object[]> rows = names.isEmpty()
                ? session.createNativeQuery(CARRIED + PAGED, Object[].class)
                : session.createNativeQuery(NAMED + PAGED, Object[].class).setParameter("names", names.toString());
        return rows.setParameter("account", account)
                .setParameter("carried", query.carried())
                .setParameter("afterName", query.after().resourceId())
                .setParameter("afterKey", query.after().tagKey())
                .setParameter("limit", query.limit())
                .getResultList()
                .map(found -> found.stream()
                        .map(row -> new ResourceTag((String) row[0], (String) row[1], (String) row[2]))
                        .toList());
    }

    @Override
    public RpcFault notFound() {
        return KmsFaults.secretNotFound();
    }
}
