package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.DryRun;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Decrypts with the private half of a key what was encrypted with the public one, here or elsewhere. */
@ApplicationScoped
public class AsymmetricDecrypt implements RpcAction {
    private final KeyPairUse pairs;

    AsymmetricDecrypt(KeyPairUse pairs) {
        this.pairs = pairs;
    }

    @Override
    public String name() {
        return "AsymmetricDecrypt";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return DryRun.answer(request, () -> answer(request));
    }

    private Uni<ObjectNode> answer(RpcRequest request) {
        EncryptionAlgorithm algorithm = EncryptionAlgorithm.of(request);
        byte[] ciphertext = KeyPairUse.bytes(request, "CiphertextBlob");
        return pairs.with(
                request,
                (pair, answer) -> answer.put("Plaintext", CryptoAnswers.base64(algorithm.decrypt(pair, ciphertext))));
    }
}
