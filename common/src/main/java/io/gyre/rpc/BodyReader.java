package io.gyre.rpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Gathers a request's body up to the limit; a larger one is refused, and its sender let finish within reason. */
final class BodyReader {
    private final HttpServerRequest request;
    private final int limit;
    private final Consumer<byte[]> whole;
    private final Consumer<RpcFault> tooLarge;
    private final Buffer gathered = Buffer.buffer();
    private long received;
    private boolean refused;

    /**
     * @param limit in bytes
     * @param tooLarge is to answer and to end the connection
     */
    BodyReader(HttpServerRequest request, int limit, Consumer<byte[]> whole, Consumer<RpcFault> tooLarge) {
        this.request = request;
        this.limit = limit;
        this.whole = whole;
        this.tooLarge = tooLarge;
    }

    void read() {
        // A malformed chunk or a broken connection: Vert.x closes it, and the action is not reached.
        request.exceptionHandler(failure -> {}).handler(this::gather).endHandler(end -> finish());
        // A server that looks at a request before it hands it on may have paused it.
        request.resume();
    }

    private void gather(Buffer part) {
        received += part.length();
        if (received <= limit) {
            gathered.appendBuffer(part);
        } else if (received > RpcServerOptions.DRAIN_LIMIT && !refused) {
            refuse();
        }
    }

    private void finish() {
        if (received <= limit) {
            whole.accept(gathered.getBytes());
        } else if (!refused) {
            refuse();
        }
    }

    private void refuse() {
        refused = true;
        tooLarge.accept(GatewayFaults.bodyTooLarge(limit));
    }
}
