package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.DryRun;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the public half of an asymmetric key. */
@ApplicationScoped
public class GetPublicKey implements RpcAction {
    private final KeyPairUse pairs;

    GetPublicKey(KeyPairUse pairs) {
        this.pairs = pairs;
    }

    @Override
    public String name() {
        return "GetPublicKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return DryRun.answer(request, () -> answer(request));
    }

    private Uni<ObjectNode> answer(RpcRequest request) {
        return pairs.with(
                request, (pair, answer) -> answer.put("PublicKey", Pem.text("PUBLIC KEY", pair.encodedPublicKey())));
    }
}
