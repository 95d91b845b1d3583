package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.tags.Tags;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells everything of a secret but its values, also while it is planned for deletion. */
@ApplicationScoped
public class DescribeSecret implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final SecretStore store;
    private final Installation installation;

    DescribeSecret(Mutiny.SessionFactory sessions, SecretStore store, Installation installation) {
        this.sessions = sessions;
        this.store = store;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "DescribeSecret";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        boolean tags = request.flag("FetchTags", false);
        return sessions.withStatelessSession(
                        session -> store.existing(session, request.caller().accountId(), name))
                .map(secret -> answer(secret, tags));
    }

    private static ObjectNode answer(Secret secret, boolean tags) {
        ObjectNode answer = WireJson.answer()
                .put("Arn", secret.arn())
                .put("SecretName", secret.name())
                .put("SecretType", secret.type().wireName())
                .put("Description", secret.description())
                .put("EncryptionKeyId", secret.keyId())
                .put("CreateTime", WireTime.text(secret.createdAt()))
                .put("UpdateTime", WireTime.text(secret.updatedAt()));
        SecretView.describeInstance(answer, secret);
        SecretView.describeRotation(answer, secret);
        SecretView.describeConfig(answer, secret.extendedConfig());
        Instant deletion = secret.deletionPlannedAt();
        if (deletion != null) {
            answer.put("PlannedDeleteTime", WireTime.text(deletion));
        }
        if (tags) {
            Tags.stored(secret.tags()).describe(answer);
        }
        return answer;
    }
}
