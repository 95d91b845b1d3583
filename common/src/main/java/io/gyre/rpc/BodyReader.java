package io.gyre.rpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gathers a request's body up to the limit; a larger one is refused, and its sender let finish within reason. A body whose
 * end somebody else may see elsewhere is refused at once: behind it, another request could hide.
 */
final class BodyReader {
    private final HttpServerRequest request;
    private final int limit;
    private final Consumer<byte[]> whole;
    private final Consumer<RpcFault> refusal;
    private final Buffer gathered = Buffer.buffer();
    private long received;
    private boolean refused;

    /**
     * @param limit in bytes
     * @param refusal is to answer and to end the connection
     */
    BodyReader(HttpServerRequest request, int limit, Consumer<byte[]> whole, Consumer<RpcFault> refusal) {
        this.request = request;
        this.limit = limit;
        this.whole = whole;
        this.refusal = refusal;
    }

    void read() {
        if (!isPlainlyFramed()) {
            refusal.accept(GatewayFaults.malformedHttp());
            return;
        }
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
            refuseLarge();
        }
    }

    private void finish() {
        if (received <= limit) {
            whole.accept(gathered.getBytes());
        } else if (!refused) {
            refuseLarge();
        }
    }

    /** The codec takes what it does not know of Transfer-Encoding for no body at all. */
    private boolean isPlainlyFramed() {
        List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return encodings.isEmpty()
                || (encodings.size() == 1 && encodings.get(0).trim().equalsIgnoreCase("chunked"));
    }

    private void refuseLarge() {
        refused = true;
        refusal.accept(GatewayFaults.bodyTooLarge(limit));
    }
}
