package io.gyre.api.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.keys.DataKeyPairs;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes a key pair, and answers its private half encrypted alone. */
@OfInstances
@ApplicationScoped
public class GenerateDataKeyPairWithoutPlaintext implements RpcAction {
    private final DataKeyPairs pairs;

    GenerateDataKeyPairWithoutPlaintext(DataKeyPairs pairs) {
        this.pairs = pairs;
    }

    @Override
    public String name() {
        return "GenerateDataKeyPairWithoutPlaintext";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return pairs.make(request, false);
    }
}
