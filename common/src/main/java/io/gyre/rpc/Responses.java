package io.gyre.rpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
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
                name -> header(request, name),
                body,
                request.remoteAddress().hostAddress(),
                request.isSSL());
    }

    /** Repeated headers are joined, as HTTP has it; HTTP/2 carries the host as {@code :authority}. */
    private static @Nullable String header(HttpServerRequest request, String name) {
        var values = request.headers().getAll(name);
        if (!values.isEmpty()) {
            return String.join(",", values);
        }
        return name.equals("host") ? authority(request) : null;
    }

    private static @Nullable String authority(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return authority == null ? null : authority.toString();
    }

    static void send(HttpServerRequest request, RpcAnswer answer) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(answer.body()))
                .onFailure(gone -> {});
    }

    /** Refuses below the gateway. */
    static void refuse(HttpServerRequest request, RpcFault fault) {
        String host = header(request, "host");
        send(request, RpcGateway.refusal(fault, host == null ? "" : host));
    }
}
