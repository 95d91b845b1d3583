package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Executor;

/** From a request as it came to an answer, in whatever words the two are. */
@FunctionalInterface
public interface HttpGateway {
    /**
     * Fails in one way only, {@link RpcHangUp}; everything else is an answer.
     *
     * @param context where actions are called and the answer arrives, whatever thread found the key
     */
    Uni<HttpAnswer> answer(HttpCall call, Executor context);
}
