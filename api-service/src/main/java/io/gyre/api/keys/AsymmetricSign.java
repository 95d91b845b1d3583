package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.DryRun;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Signs a digest with the private half of a key. */
@ApplicationScoped
public class AsymmetricSign implements RpcAction {
    private final KeyPairUse pairs;

    AsymmetricSign(KeyPairUse pairs) {
        this.pairs = pairs;
    }

    @Override
    public String name() {
        return "AsymmetricSign";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return DryRun.answer(request, () -> answer(request));
    }

    private Uni<ObjectNode> answer(RpcRequest request) {
        SigningAlgorithm algorithm = SigningAlgorithm.of(request);
        byte[] digest = SigningAlgorithm.digest(request);
        return pairs.with(
                request, (pair, answer) -> answer.put("Value", CryptoAnswers.base64(algorithm.sign(pair, digest))));
    }
}
