package io.gyre.api.wire;

import io.gyre.rpc.HttpCall;
import io.gyre.rpc.HttpGateway;

/** Another way than the RPC style in which actions are called at the same endpoint. */
public interface Dialect extends HttpGateway {
    /** Whether a request is in it, by its headers alone. */
    boolean isSpokenIn(HttpCall call);
}
