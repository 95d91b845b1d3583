package io.gyre.api.keys;

import io.gyre.api.wire.Filters;
import io.gyre.api.wire.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds the keys of an account that filters describe. One statement serves every combination of them. */
@ApplicationScoped
class KeyListing {
    /** Bound as text: bound as jsonb, the PostgreSQL client would encode each array as one JSON string. */
    private static final String ASKED = """
            WITH asked AS (
                SELECT CAST(CAST(:states AS text) AS jsonb) AS states,
                       CAST(CAST(:specs AS text) AS jsonb) AS specs,
                       CAST(CAST(:usages AS text) AS jsonb) AS usages,
                       CAST(CAST(:protections AS text) AS jsonb) AS protections,
                       CAST(CAST(:creators AS text) AS jsonb) AS creators,
                       CAST(CAST(:instances AS text) AS jsonb) AS instances)
            """;

    /** An empty array asks for nothing. */
    private static final String WANTED = """
            FROM kms_key k, asked
            WHERE k.account_id = :account AND k.key_state <> 'Destroyed'
              AND (states = '[]' OR jsonb_exists(states, k.key_state))
              AND (specs = '[]' OR jsonb_exists(specs, k.key_spec))
              AND (usages = '[]' OR jsonb_exists(usages, k.key_usage))
              AND (protections = '[]' OR jsonb_exists(protections, k.protection_level))
              AND (creators = '[]' OR jsonb_exists(creators, CASE WHEN k.service_key THEN 'Service' ELSE 'User' END))
              AND (instances = '[]' OR jsonb_exists(instances, k.instance_id))
            """;

    private static final String COUNT = ASKED + "SELECT count(*) " + WANTED;
    private static final String PAGE =
            ASKED + "SELECT k.key_id " + WANTED + "ORDER BY k.created_at, k.key_id LIMIT :size OFFSET :skipped";

    Uni<Long> count(Mutiny.StatelessSession session, String account, Filters<KeyFilter> filters) {
        return filtered(session.createNativeQuery(COUNT, Long.class), account, filters)
                .getSingleResult();
    }

    /** The ids of the keys. */
    Uni<List<String>> page(Mutiny.StatelessSession session, String account, Filters<KeyFilter> filters, Page page) {
        return filtered(session.createNativeQuery(PAGE, String.class), account, filters)
                .setParameter("size", page.size())
                .setParameter("skipped", page.offset())
                .getResultList();
    }

    private static <R> Mutiny.SelectionQuery<R> filtered(
            Mutiny.SelectionQuery<R> query, String account, Filters<KeyFilter> filters) {
        return query.setParameter("account", account)
                .setParameter("states", filters.alternatives(KeyFilter.KEY_STATE))
                .setParameter("specs", filters.alternatives(KeyFilter.KEY_SPEC))
                .setParameter("usages", filters.alternatives(KeyFilter.KEY_USAGE))
                .setParameter("protections", filters.alternatives(KeyFilter.PROTECTION_LEVEL))
                .setParameter("creators", filters.alternatives(KeyFilter.CREATOR_TYPE))
                .setParameter("instances", filters.alternatives(KeyFilter.INSTANCE));
    }
}
