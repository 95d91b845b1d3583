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
import io.gyre.store.SecretVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.SortedMap;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists a secret's versions, the newest first; those without a stage label only where they are asked for. */
@ApplicationScoped
public class ListSecretVersionIds implements RpcAction {
    private static final String WANTED = """
            from SecretVersion v where v.secretId = :secret and not v.pending and (:deprecated = true or exists (
                select 1 from SecretStage g where g.secretId = v.secretId and g.versionId = v.versionId))
            """;

    private static final String COUNT = "select count(*) " + WANTED;
    private static final String PAGE = "select v " + WANTED + " order by v.createdAt desc, v.versionId";

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
        return sessions.withStatelessTransaction(
                session -> store.existing(session, request.caller().accountId(), name)
                        .chain(secret -> list(session, secret, deprecated, page)));
    }

    private Uni<ObjectNode> list(Mutiny.StatelessSession session, Secret secret, boolean deprecated, Page page) {
        Uni<Long> count = session.createSelectionQuery(COUNT, Long.class)
                .setParameter("secret", secret.secretId())
                .setParameter("deprecated", deprecated)
                .getSingleResult();
        Uni<List<SecretVersion>> versions = session.createSelectionQuery(PAGE, SecretVersion.class)
                .setParameter("secret", secret.secretId())
                .setParameter("deprecated", deprecated)
                .setFirstResult(page.offset())
                .setMaxResults(page.size())
                .getResultList();
        return count.chain(total -> versions.chain(
                found -> store.stages(session, secret).map(stages -> answer(secret, found, stages, page, total))));
    }

    private static ObjectNode answer(
            Secret secret, List<SecretVersion> versions, SortedMap<String, String> stages, Page page, long total) {
        ObjectNode answer = WireJson.answer().put("SecretName", secret.name());
        ArrayNode list = WireJson.list(answer, "VersionIds", "VersionId");
        for (SecretVersion version : versions) {
            ObjectNode entry = list.addObject()
                    .put("VersionId", version.versionId())
                    .put("CreateTime", WireTime.text(version.createdAt()));
            ArrayNode labels = WireJson.list(entry, "VersionStages", "VersionStage");
            stages.forEach((stage, named) -> {
                if (named.equals(version.versionId())) {
                    labels.add(stage);
                }
            });
        }
        page.describe(answer, total);
        return answer;
    }
}
