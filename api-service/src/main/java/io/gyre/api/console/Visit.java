package io.gyre.api.console;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * One request to the console, whoever sends it.
 *
 * @param requestId a UUID, for logs and refusals
 * @param path normalized
 * @param wanted the parameter {@code to}, as given: what whoever logs in came for
 * @param token what the browser shows to be known again; it proves nothing by itself
 * @param sourceAddress the peer's, without port
 * @param secure whether it came over TLS
 */
record Visit(
        String requestId,
        String path,
        String wanted,
        Optional<ConsoleToken> token,
        String sourceAddress,
        boolean secure) {

    /** @param path normalized */
    static Visit of(HttpServerRequest request, String path) {
        String wanted = request.getParam("to");
        return new Visit(
                UUID.randomUUID().toString(),
                path,
                wanted == null ? "" : wanted,
                SessionCookie.of(request),
                request.remoteAddress().hostAddress(),
                request.isSSL());
    }
}
