package io.gyre.api.console;

import io.gyre.api.console.Watched.OneCampaign;
import io.gyre.api.console.Watched.OneRotation;
import io.gyre.api.console.Watched.WholeAccount;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Whether rows of rotations and campaigns are others than before. Each version of a row has the number of the transaction that wrote it (xmin),
 * whoever that was: the workers tell nobody and pay nothing.
 */
@ApplicationScoped
class WatchedRows {
    private static final String ROTATIONS = """
            SELECT CAST(rotation_id AS text) AS id, CAST(xmin AS text) AS version FROM rotation
            WHERE rotation_id = ANY(CAST(string_to_array(:ids, ',') AS uuid[]))
            """;

    private static final String CAMPAIGNS = """
            SELECT CAST(campaign_id AS text) AS id, CAST(xmin AS text) AS version FROM campaign
            WHERE campaign_id = ANY(CAST(string_to_array(:ids, ',') AS uuid[]))
            """;

    /** Of those that have not ended, of which there is an index. */
    private static final String ACCOUNTS = """
            SELECT s.account_id AS id,
                count(*) || ' ' || max(CAST(CAST(r.xmin AS text) AS bigint)) || ' ' || max(r.requested_at) AS version
            FROM rotation r JOIN secret s USING (secret_id)
            WHERE r.ended_at IS NULL AND s.account_id = ANY(string_to_array(:ids, ','))
            GROUP BY s.account_id
            """;

    /** What is to be equal as long as nothing has changed; nothing for what is not there. */
    Uni<Map<Watched, String>> versions(Mutiny.StatelessSession session, Set<Watched> watched) {
        Map<Watched, String> found = new HashMap<>();
        return rows(session, ROTATIONS, ids(watched, OneRotation.class, each -> each.id()
                        .toString()))
                .invoke(rows -> rows.forEach(row -> found.put(
                        new OneRotation(UUID.fromString(row.get("id", String.class))),
                        row.get("version", String.class))))
                .chain(() -> rows(session, CAMPAIGNS, ids(watched, OneCampaign.class, each -> each.id()
                        .toString())))
                .invoke(rows -> rows.forEach(row -> found.put(
                        new OneCampaign(UUID.fromString(row.get("id", String.class))),
                        row.get("version", String.class))))
                .chain(() -> rows(session, ACCOUNTS, ids(watched, WholeAccount.class, WholeAccount::accountId)))
                .invoke(rows -> rows.forEach(row ->
                        found.put(new WholeAccount(row.get("id", String.class)), row.get("version", String.class))))
                .replaceWith(found);
    }

    private static <W extends Watched> String ids(Set<Watched> watched, Class<W> kind, Function<W, String> id) {
        return watched.stream().filter(kind::isInstance).map(kind::cast).map(id).collect(Collectors.joining(","));
    }

    private static Uni<List<Tuple>> rows(Mutiny.StatelessSession session, String statement, String ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : session.createNativeQuery(statement, Tuple.class)
                        .setParameter("ids", ids)
                        .getResultList();
    }
}
