package io.gyre.api.waves;

import io.gyre.api.campaign.Selected;
import io.gyre.secret.SecretType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds the secrets that a campaign is to rotate. */
@ApplicationScoped
class SecretSelection {
    /** What the credential is checked by, as the type of the secret names it. */
    private static final String HOLDER = """
            CAST(s.extended_config AS jsonb) ->> CASE s.secret_type WHEN 'Rds' THEN 'DBInstanceId' ELSE 'InstanceId' END
            """;

    /** Kept until the rows of the campaign point at them. */
    private static final String SELECT = """
            SELECT s.secret_id, s.arn, s.secret_type,
            """ + HOLDER + """
                 AS holder
            FROM secret s
            WHERE s.account_id = :account AND s.secret_type <> 'Generic' AND s.deletion_planned_at IS NULL
              AND (:type = '' OR s.secret_type = :type)
              AND (:name = '' OR s.name LIKE :name)
              AND (:tagKey = '' OR EXISTS (
                    SELECT 1 FROM jsonb_array_elements(CAST(s.tags AS jsonb)) AS tag
                    WHERE tag ->> 'TagKey' = :tagKey AND (:tagValue = '' OR tag ->> 'TagValue' = :tagValue)))
              AND (:instance = '' OR coalesce(s.instance_id, 'kms-1.0') = :instance)
              AND (:target = '' OR
            """ + HOLDER + """
                 = :target)
            ORDER BY s.secret_id
            LIMIT :limit
            FOR KEY SHARE
            """;

    /** Those that fit, at most so many. None of them is deleted before the transaction ends. */
    Uni<List<Selected>> find(Mutiny.StatelessSession session, String account, Selection selection, int limit) {
        return session.createNativeQuery(SELECT, Tuple.class)
                .setParameter("account", account)
                .setParameter("type", wireType(selection.type()))
                .setParameter("name", selection.namePattern())
                .setParameter("tagKey", selection.tagKey())
                .setParameter("tagValue", selection.tagValue())
                .setParameter("instance", selection.instanceId())
                .setParameter("target", selection.target())
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(SecretSelection::selected).toList());
    }

    private static String wireType(String rotationType) {
        return Stream.of(SecretType.values())
                .filter(type -> type.rotationType().filter(rotationType::equals).isPresent())
                .map(SecretType::wireName)
                .findFirst()
                .orElse("");
    }

    private static Selected selected(Tuple row) {
        SecretType type =
                SecretType.ofWireName(row.get("secret_type", String.class)).orElseThrow();
        String holder = String.valueOf(row.get("holder", String.class));
        return new Selected(
                row.get("secret_id", Long.class),
                row.get("arn", String.class),
                type.targetKey(Map.of("DBInstanceId", holder, "InstanceId", holder)));
    }
}
