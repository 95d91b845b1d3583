package io.gyre.benchmarks.reads;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.atomic.LongAdder;

/** Takes spans by OTLP over gRPC, as a collector on the same machine does, and throws them away. It ends with its Vert.x. */
final class Collector {
    /** An empty answer of gRPC: it is not compressed, and no bytes long. */
    private static final int GRPC_PREFIX = 5;

    private final HttpServer server;
    private final LongAdder bytes = new LongAdder();

    Collector(Vertx vertx) {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    bytes.add(body.length());
                    request.response()
                            .putHeader("Content-Type", "application/grpc")
                            .putTrailer("grpc-status", "0")
                            .end(Buffer.buffer(new byte[GRPC_PREFIX]));
                }));
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Of all that has come so far. */
    long bytes() {
        return bytes.sum();
    }
}
