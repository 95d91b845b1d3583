package io.gyre.rpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between Vert.x and the gateway: a request taken apart, an answer written. */
final class Responses {
    private Responses() {}

    static HttpCall call(HttpServerRequest request, byte[] body) {
        String path = request.path();
        String query = request.query();
        return new HttpCall(
                request.method().name(),
                path == null ? "" : path,
                query == null ? "" : query,
                headers(request),
                body,
                request.remoteAddress().hostAddress(),
                request.isSSL());
    }

    /** Repeated headers are joined, as HTTP has it; HTTP/2 carries the host as {@code :authority}. */
    private static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach((name, value) ->
                        headers.merge(name.toLowerCase(Locale.ROOT), value, (one, other) -> one + "," + other));
        if (!headers.containsKey("host")) {
            String authority = authority(request);
            if (authority != null) {
                headers.put("host", authority);
            }
        }
        return headers;
    }

    private static @Nullable String authority(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return authority == null ? null : authority.toString();
    }

    static void send(HttpServerRequest request, HttpAnswer answer) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        answer.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(answer.body())).onFailure(gone -> {});
    }

    /** Refuses below the gateway. */
    static void refuse(HttpServerRequest request, RpcFault fault) {
        send(request, RpcGateway.refusal(fault, headers(request).getOrDefault("host", "")));
    }
}
