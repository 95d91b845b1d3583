package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Lists a secret's versions, the newest first; those without a stage label only where they are asked for. Versions, labels
 * and their number are of one moment, so that a label stands at one version, and every version that is told has its own.
 */
@ApplicationScoped
public class ListSecretVersionIds implements RpcAction {
    /** One row at least, for the number; without a version where the page has none. */
    private static final String PAGE = """
            WITH labelled AS (
                SELECT v.version_id, v.created_at,
                       (SELECT array_agg(g.stage ORDER BY g.stage COLLATE "C")
                        FROM secret_stage g
                        WHERE g.secret_id = v.secret_id AND g.version_id = v.version_id) AS stages
                FROM secret_version v
                WHERE v.secret_id = :secret AND NOT v.pending),
            told AS (SELECT * FROM labelled WHERE :deprecated OR stages IS NOT NULL)
            SELECT total.versions, page.version_id, page.created_at, CAST(array_to_json(page.stages) AS text)
            FROM (SELECT count(*) AS versions FROM told) total
            LEFT JOIN (SELECT * FROM told ORDER BY created_at DESC, version_id LIMIT :size OFFSET :skipped) page ON true
            ORDER BY page.created_at DESC, page.version_id
            """;

    private final Mutiny.SessionFactory sessions;
    private final SecretStore store;
    private final Installation installation;

    ListSecretVersionIds(Mutiny.SessionFactory sessions, SecretStore store, Installation installation) {
        this.sessions = sessions;
        this.store = store;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "ListSecretVersionIds";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        boolean deprecated = request.flag("IncludeDeprecated", false);
        Page page = Page.of(request);
        return sessions.withStatelessSession(
                session -> store.existing(session, request.caller().accountId(), name)
                        .chain(secret -> session.createNativeQuery(PAGE, Object[].class)
                                .setParameter("secret", secret.secretId())
                                .setParameter("deprecated", deprecated)
                                .setParameter("size", page.size())
                                .setParameter("skipped", page.offset())
                                .getResultList()
                                .map(rows -> answer(secret, rows, page))));
    }

    private static ObjectNode answer(Secret secret, List<Object[]> rows, Page page) {
        ObjectNode answer = WireJson.answer().put("SecretName", secret.name());
        ArrayNode list = WireJson.list(answer, "VersionIds", "VersionId");
        for (Object[] row : rows) {
            if (row[1] instanceof String version) {
                ObjectNode entry = list.addObject()
                        .put("VersionId", version)
                        .put("CreateTime", WireTime.text(((OffsetDateTime) row[2]).toInstant()));
                ArrayNode labels = WireJson.list(entry, "VersionStages", "VersionStage");
                if (row[3] instanceof String stages) {
                    labels.addAll(WireJson.array("VersionStages", stages));
                }
            }
        }
        page.describe(answer, (Long) rows.get(0)[0]);
        return answer;
    }
}
