package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.DryRun;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Encrypts a few bytes with the public half of a key. The ciphertext does not name the key. */
@ApplicationScoped
public class AsymmetricEncrypt implements RpcAction {
    private final KeyPairUse pairs;

    AsymmetricEncrypt(KeyPairUse pairs) {
        this.pairs = pairs;
    }

    @Override
    public String name() {
        return "AsymmetricEncrypt";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return DryRun.answer(request, () -> answer(request));
    }

    private Uni<ObjectNode> answer(RpcRequest request) {
        EncryptionAlgorithm algorithm = EncryptionAlgorithm.of(request);
        byte[] plaintext = Plaintexts.required(request);
        return pairs.with(
                request,
                (pair, answer) ->
                        answer.put("CiphertextBlob", CryptoAnswers.base64(algorithm.encrypt(pair, plaintext))));
    }
}
