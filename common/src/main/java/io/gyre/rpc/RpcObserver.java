package io.gyre.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;

/** Is shown each call of an {@link RpcClient}, to measure it and to follow it; it changes nothing of it. */
@FunctionalInterface
public interface RpcObserver {
    /**
     * The same answer.
     *
     * @param call whose parameters are nobody's to keep
     * @param answer of a call that is sent when it is subscribed to; fails with an {@link RpcFailure}
     */
    Uni<JsonNode> observed(RpcCall call, Uni<JsonNode> answer);

    /** Both are shown it. */
    default RpcObserver and(RpcObserver other) {
        return (call, answer) -> other.observed(call, observed(call, answer));
    }
}
