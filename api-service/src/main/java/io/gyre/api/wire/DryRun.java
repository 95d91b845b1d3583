package io.gyre.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** The parameter DryRun of actions that read or use something: such a call always fails, and says how it would end. */
public final class DryRun {
    private DryRun() {}

    /**
     * What the call answers.
     *
     * @param call what it does, which leaves nothing behind
     * @return fails with an {@link RpcFault}: DryRunOperationError or ValidationError where it is a dry run
     */
    public static Uni<ObjectNode> answer(RpcRequest request, Supplier<Uni<ObjectNode>> call) {
        if (!request.flag("DryRun", false)) {
            return call.get();
        }
        return Uni.createFrom()
                .deferred(call::get)
                .onFailure(RpcFault.class)
                .transform(KmsFaults::dryRunWouldFail)
                .map(answer -> {
                    throw KmsFaults.dryRunWouldSucceed();
                });
    }
}
