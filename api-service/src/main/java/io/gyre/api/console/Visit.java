package io.gyre.api.console;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    /** No page takes more than one. */
    private static final int MOST_PARAMETERS = 16;

    /** @param path normalized */
    static Visit of(HttpServerRequest request, String path) {
        return new Visit(
                UUID.randomUUID().toString(),
                path,
                wanted(request),
                SessionCookie.of(request),
                request.remoteAddress().hostAddress(),
                request.isSSL());
    }

    /** A query that cannot be read asks for nothing. */
    private static String wanted(HttpServerRequest request) {
        String query = request.query();
        if (query == null) {
            return "";
        }
        try {
            List<String> wanted = new QueryStringDecoder(query, StandardCharsets.UTF_8, false, MOST_PARAMETERS)
                    .parameters()
                    .getOrDefault("to", List.of());
            return wanted.isEmpty() ? "" : wanted.get(0);
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }
}
