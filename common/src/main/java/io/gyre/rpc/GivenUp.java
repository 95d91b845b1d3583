package io.gyre.rpc;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Connections whose rest cannot be trusted to be in step, from the refusal that closes them on. Between the answer and the
 * closing, the server may already have read what follows as a request: nothing that came behind the refused one is served.
 */
final class GivenUp {
    /** Weak, since a connection's closing is its owner's to listen to. */
    private final Set<HttpConnection> connections =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /**
     * Lets the answer to this request be its connection's last. Streams of HTTP/2 are framed apart, and so stay in step
     * whatever one of them holds.
     */
    void endWith(HttpServerRequest refused) {
        if (refused.version() == HttpVersion.HTTP_2) {
            return;
        }
        connections.add(refused.connection());
        if (!refused.response().headWritten()) {
            refused.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    /** Whether this came behind a request whose answer is the last: then nobody answers it, and the connection closes. */
    boolean holds(HttpServerRequest request) {
        if (!connections.contains(request.connection())) {
            return false;
        }
        // In a turn of its own, when what the last answer wrote has been sent.
        Vertx.currentContext().runOnContext(sent -> request.connection().close());
        return true;
    }
}
