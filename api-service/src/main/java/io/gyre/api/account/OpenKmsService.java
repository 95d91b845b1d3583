package io.gyre.api.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Opens the service for the account; it is open from the first start, so that repeating the call changes nothing. */
@ApplicationScoped
public class OpenKmsService implements RpcAction {
    @Override
    public String name() {
        return "OpenKmsService";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return Uni.createFrom().item(WireJson.answer());
    }
}
