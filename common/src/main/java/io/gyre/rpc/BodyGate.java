package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** Reads requests to their end, whoever sends them, and lets nothing pass that came behind one whose end is unclear. */
public final class BodyGate {
    private final GivenUp givenUp = new GivenUp();

    /**
     * To be called before anything else has read of the request.
     *
     * @param limit in bytes
     * @return fails with an {@link RpcFault} for a body that is too large or whose end is unclear; nothing, with the
     *     connection closed, for what came behind such a body
     */
    public Uni<byte[]> read(HttpServerRequest request, int limit) {
        if (givenUp.holds(request)) {
            return Uni.createFrom().nothing();
        }
        return Uni.createFrom().emitter(body -> new BodyReader(request, limit, body::complete, fault -> {
                    givenUp.endWith(request);
                    body.fail(fault);
                })
                .read());
    }
}
