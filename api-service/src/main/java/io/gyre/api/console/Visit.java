package io.gyre.api.console;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * One request to the console, whoever sends it.
 *
 * @param requestId a UUID, for logs and refusals
 * @param path normalized
 * @param query what stands behind the path
 * @param token what the browser shows to be known again; it proves nothing by itself
 * @param sourceAddress the peer's, without port
 * @param secure whether it came over TLS
 */
record Visit(
        String requestId,
        String path,
        Query query,
        Optional<ConsoleToken> token,
        String sourceAddress,
        boolean secure) {

    /**
     * A part of the path below the console's own, for example the id in {@code rotations/ID}; empty where there is none.
     *
     * @param index from 0
     */
    String part(int index) {
        String[] parts = path.substring(ConsoleRoutes.ROOT.length()).split("/", -1);
        return index < parts.length ? parts[index] : "";
    }

    /** The same request for another path of this console. */
    Visit at(String other) {
        return new Visit(requestId, other, query, token, sourceAddress, secure);
    }

    /** The path with what was asked for there, as an address has it. */
    String address() {
        return query.parameters().isEmpty() ? path : path + "?" + query.text();
    }

    /** @param path normalized */
    static Visit of(HttpServerRequest request, String path) {
        return new Visit(
                UUID.randomUUID().toString(),
                path,
                Query.of(request.query()),
                SessionCookie.of(request),
                request.remoteAddress().hostAddress(),
                request.isSSL());
    }
}
