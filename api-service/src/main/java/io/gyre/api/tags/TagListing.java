package io.gyre.api.tags;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Reads tags, of whatever has them, from the view {@code tagged}. */
@ApplicationScoped
class TagListing {
    private static final String OF_ONE = """
            SELECT CAST(tags AS text) FROM tagged
            WHERE resource_type = :type AND account_id = :account AND resource_id = :id
            """;

    /** Bound as text: bound as jsonb, the PostgreSQL client would encode an array as one JSON string. */
    private static final String CARRIED = """
            SELECT resource_id, tag ->> 'TagKey', tag ->> 'TagValue'
            FROM tagged CROSS JOIN LATERAL jsonb_array_elements(tags) AS tag
            WHERE resource_type = :type AND account_id = :account
              AND tags @> CAST(CAST(:carried AS text) AS jsonb)
              AND (resource_id COLLATE "C", (tag ->> 'TagKey') COLLATE "C") > (:afterId, :afterKey)
            """;

    private static final String NAMED = CARRIED + """
              AND resource_id IN (SELECT jsonb_array_elements_text(CAST(CAST(:ids AS text) AS jsonb)))
            """;

    private static final String PAGED = """
            ORDER BY resource_id COLLATE "C", (tag ->> 'TagKey') COLLATE "C"
            LIMIT :limit
            """;

    /** Null where the account has no such resource. */
    Uni<@Nullable Tags> ofOne(Mutiny.StatelessSession session, String type, String account, String id) {
        return session.createNativeQuery(OF_ONE, String.class)
                .setParameter("type", type)
                .setParameter("account", account)
                .setParameter("id", id)
                .getSingleResultOrNull()
                .map(found -> found == null ? null : Tags.stored(found));
    }

    Uni<List<ResourceTag>> page(Mutiny.StatelessSession session, String type, String account, TagQuery query) {
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        query.resourceIds().forEach(ids::add);
        Mutiny.SelectionQuery<Object[]> rows = ids.isEmpty()
                ? session.createNativeQuery(CARRIED + PAGED, Object[].class)
                : session.createNativeQuery(NAMED + PAGED, Object[].class).setParameter("ids", ids.toString());
        return rows.setParameter("type", type)
                .setParameter("account", account)
                .setParameter("carried", query.carried())
                .setParameter("afterId", query.after().resourceId())
                .setParameter("afterKey", query.after().tagKey())
                .setParameter("limit", query.limit())
                .getResultList()
                .map(found -> found.stream()
                        .map(row -> new ResourceTag((String) row[0], (String) row[1], (String) row[2]))
                        .toList());
    }
}
