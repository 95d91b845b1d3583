package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.DryRun;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes a data key, and answers it encrypted alone. */
@ApplicationScoped
public class GenerateDataKeyWithoutPlaintext implements RpcAction {
    private final DataKeys dataKeys;

    GenerateDataKeyWithoutPlaintext(DataKeys dataKeys) {
        this.dataKeys = dataKeys;
    }

    @Override
    public String name() {
        return "GenerateDataKeyWithoutPlaintext";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return DryRun.answer(request, () -> dataKeys.make(request, false));
    }
}
