package io.gyre.rpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Gathers a request's body up to the limit; a larger one is refused, and its sender let finish within reason. */
final class BodyReader {
    private final HttpServerRequest request;
    private final Consumer<byte[]> whole;
    private final Buffer gathered = Buffer.buffer();
    private long received;
    private boolean refused;

    BodyReader(HttpServerRequest request, Consumer<byte[]> whole) {
        this.request = request;
        this.whole = whole;
    }

    void read() {
        // A malformed chunk or a broken connection: Vert.x closes it, and the action is not reached.
        request.exceptionHandler(failure -> {}).handler(this::gather).endHandler(end -> finish());
    }

    private void gather(Buffer part) {
        received += part.length();
        if (received <= RpcServerOptions.BODY_LIMIT) {
            gathered.appendBuffer(part);
        } else if (received > RpcServerOptions.DRAIN_LIMIT && !refused) {
            refuse();
        }
    }

    private void finish() {
        if (received <= RpcServerOptions.BODY_LIMIT) {
            whole.accept(gathered.getBytes());
        } else if (!refused) {
            refuse();
        }
    }

    private void refuse() {
        refused = true;
        Responses.refuseAndClose(request, GatewayFaults.bodyTooLarge(RpcServerOptions.BODY_LIMIT));
    }
}
