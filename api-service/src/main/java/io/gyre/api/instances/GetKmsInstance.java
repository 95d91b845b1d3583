package io.gyre.api.instances;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Tells of one instance. It is {@code Connected} for as long as its keys and secrets can be used, then {@code Disconnected};
 * {@code EndDate} says why. Of virtual private clouds and of what was bought there is nothing to tell.
 */
@ApplicationScoped
public class GetKmsInstance implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstanceStore store;

    GetKmsInstance(Mutiny.SessionFactory sessions, InstanceStore store) {
        this.sessions = sessions;
        this.store = store;
    }

    @Override
    public String name() {
        return "GetKmsInstance";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String id = request.required("KmsInstanceId");
        return sessions.withStatelessSession(
                        session -> store.named(session, request.caller().accountId(), id))
                .map(GetKmsInstance::answer);
    }

    private static ObjectNode answer(KmsInstance instance) {
        ObjectNode answer = WireJson.answer();
        String created = WireTime.text(instance.createdAt());
        ObjectNode told = answer.putObject("KmsInstance")
                .put("InstanceId", instance.instanceId())
                .put("InstanceName", instance.name())
                .put("Status", instance.usable() ? "Connected" : "Disconnected")
                .put("CreateTime", created)
                .put("StartDate", created);
        Instant expires = instance.expiresAt();
        if (expires != null) {
            told.put("EndDate", WireTime.text(expires));
        }
        return answer;
    }
}
