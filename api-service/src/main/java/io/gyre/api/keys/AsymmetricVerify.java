package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.DryRun;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Says whether a key signed a digest. */
@ApplicationScoped
public class AsymmetricVerify implements RpcAction {
    private final KeyPairUse pairs;

    AsymmetricVerify(KeyPairUse pairs) {
        this.pairs = pairs;
    }

    @Override
    public String name() {
        return "AsymmetricVerify";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return DryRun.answer(request, () -> answer(request));
    }

    private Uni<ObjectNode> answer(RpcRequest request) {
        SigningAlgorithm algorithm = SigningAlgorithm.of(request);
        byte[] digest = SigningAlgorithm.digest(request);
        byte[] signed = KeyPairUse.bytes(request, "Value");
        return pairs.with(request, (pair, answer) -> answer.put("Value", algorithm.verifies(pair, digest, signed)));
    }
}
