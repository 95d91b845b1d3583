package io.gyre.api.secrets;

import io.gyre.api.wire.Filters;
import io.gyre.api.wire.Page;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds the secrets of an account that filters describe. One statement serves every combination of them. */
@ApplicationScoped
class SecretListing {
    /** Bound as text: bound as jsonb, the PostgreSQL client would encode each array as one JSON string. */
    private static final String ASKED = """
            WITH asked AS (
                SELECT CAST(CAST(:names AS text) AS jsonb) AS names,
                       CAST(CAST(:descriptions AS text) AS jsonb) AS descriptions,
                       CAST(CAST(:types AS text) AS jsonb) AS types,
                       CAST(CAST(:instances AS text) AS jsonb) AS instances,
                       CAST(CAST(:creators AS text) AS jsonb) AS creators,
                       CAST(CAST(:tagKeys AS text) AS jsonb) AS tag_keys,
                       CAST(CAST(:tagValues AS text) AS jsonb) AS tag_values)
            """;

    /** Names and descriptions match from their beginning, the others wholly; an empty array asks for nothing. */
    private static final String WANTED = """
            FROM secret s, asked
            WHERE s.account_id = :account
              AND (names = '[]' OR EXISTS (
                    SELECT 1 FROM jsonb_array_elements_text(names) AS beginning WHERE starts_with(s.name, beginning)))
              AND (descriptions = '[]' OR EXISTS (
                    SELECT 1 FROM jsonb_array_elements_text(descriptions) AS beginning
                    WHERE starts_with(s.description, beginning)))
              AND (types = '[]' OR jsonb_exists(types, s.secret_type))
              AND (instances = '[]' OR jsonb_exists(instances, s.instance_id))
              AND (creators = '[]' OR jsonb_exists(creators, s.account_id))
              AND (tag_keys = '[]' OR EXISTS (
                    SELECT 1 FROM jsonb_array_elements(CAST(s.tags AS jsonb)) AS tag
                    WHERE jsonb_exists(tag_keys, tag ->> 'TagKey')))
              AND (tag_values = '[]' OR EXISTS (
                    SELECT 1 FROM jsonb_array_elements(CAST(s.tags AS jsonb)) AS tag
                    WHERE jsonb_exists(tag_values, tag ->> 'TagValue')))
            """;

    private static final String COUNT = ASKED + "SELECT count(*) " + WANTED;
    private static final String PAGE =
            ASKED + "SELECT " + Secret.COLUMNS + " " + WANTED + "ORDER BY s.name LIMIT :size OFFSET :skipped";

    Uni<Long> count(Mutiny.StatelessSession session, String account, Filters<SecretFilter> filters) {
        return filtered(session.createNativeQuery(COUNT, Long.class), account, filters)
                .getSingleResult();
    }

    Uni<List<Secret>> page(Mutiny.StatelessSession session, String account, Filters<SecretFilter> filters, Page page) {
        return filtered(session.createNativeQuery(PAGE, Secret.class), account, filters)
                .setParameter("size", page.size())
                .setParameter("skipped", page.offset())
                .getResultList();
    }

    private static <R> Mutiny.SelectionQuery<R> filtered(
            Mutiny.SelectionQuery<R> query, String account, Filters<SecretFilter> filters) {
        return query.setParameter("account", account)
                .setParameter("names", filters.alternatives(SecretFilter.SECRET_NAME))
                .setParameter("descriptions", filters.alternatives(SecretFilter.DESCRIPTION))
                .setParameter("types", filters.alternatives(SecretFilter.SECRET_TYPE))
                .setParameter("instances", filters.alternatives(SecretFilter.INSTANCE))
                .setParameter("creators", filters.alternatives(SecretFilter.CREATOR))
                .setParameter("tagKeys", filters.alternatives(SecretFilter.TAG_KEY))
                .setParameter("tagValues", filters.alternatives(SecretFilter.TAG_VALUE));
    }
}
