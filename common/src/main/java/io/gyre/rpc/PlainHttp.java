package io.gyre.rpc;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;

/** Plain HTTP, which is for what stays on one machine. */
public final class PlainHttp {
    private PlainHttp() {}

    /**
     * Whether others could listen on the way here: it is not TLS, and leaves the machine. The connection is asked and not the
     * request, which says what a proxy's headers claim where a server is told to believe them, and anybody can send those. A
     * proxy that ends TLS on this machine is told from a program on it by nothing.
     */
    public static boolean canBeOverheard(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        if (connection.isSsl()) {
            return false;
        }
        String peer = connection.remoteAddress(true).hostAddress();
        return peer == null || !Loopback.isMeantBy(peer);
    }
}
