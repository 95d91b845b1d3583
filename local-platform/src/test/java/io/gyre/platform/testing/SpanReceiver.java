package io.gyre.platform.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Takes spans as a collector does, by one of OTLP's protocols, and keeps them for a test to look at. */
public final class SpanReceiver implements AutoCloseable {
    /** How it is spoken to: a process is told the setting beside the {@link #endpoint}. */
    public enum Protocol {
        /** By HTTP/2 in plain text, from its first byte on. */
        GRPC("grpc", "/opentelemetry.proto.collector.trace.v1.TraceService/Export"),
        HTTP("http/protobuf", "/v1/traces");

        private final String setting;
        private final String path;

        Protocol(String setting, String path) {
            this.setting = setting;
            this.path = path;
        }

        public String setting() {
            return setting;
        }
    }

    /** Before each message of gRPC: whether it is compressed, and four bytes of how long it is. */
    private static final int GRPC_PREFIX = 5;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Protocol protocol;
    private final List<byte[]> requests = new CopyOnWriteArrayList<>();

    /**
     * A span as it came.
     *
     * @param service whose it is
     * @param parentId empty for the first one of a trace
     * @param kind as OTLP numbers them: 1 internal, 2 server, 3 client, 4 producer, 5 consumer
     * @param attributes by name; numbers as text
     * @param failed whether its status says so
     */
    public record Span(
            String service,
            String traceId,
            String spanId,
            String parentId,
            String name,
            int kind,
            Map<String, String> attributes,
            boolean failed) {}

    /** At any free port. */
    public SpanReceiver(Protocol protocol) {
        this(protocol, 0);
    }

    public SpanReceiver(Protocol protocol, int port) {
        this.protocol = protocol;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(this::take);
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            HttpServerResponse answer = request.response();
            if (!request.path().equals(protocol.path)) {
                answer.setStatusCode(404).end();
            } else if (protocol == Protocol.HTTP) {
                requests.add(body.getBytes());
                answer.putHeader("Content-Type", "application/x-protobuf").end();
            } else {
                requests.add(body.getBytes(GRPC_PREFIX, body.length()));
                answer.putHeader("Content-Type", "application/grpc").putTrailer("grpc-status", "0");
                answer.end(Buffer.buffer(new byte[GRPC_PREFIX]));
            }
        });
    }

    /** All that has come so far, in the order in which it came. */
    public List<Span> spans() {
        return requests.stream()
                .map(SpanReceiver::read)
                .flatMap(request -> messages(request, 1).stream())
                .flatMap(ofService -> {
                    String service =
                            attributes(messages(ofService, 1).get(0), 1).getOrDefault("service.name", "");
                    return messages(ofService, 2).stream()
                            .flatMap(ofScope -> messages(ofScope, 2).stream())
                            .map(span -> span(service, span));
                })
                .toList();
    }

    /** Whether this stands anywhere in what has come, in whatever field. */
    public boolean hasHeard(String text) {
        return requests.stream().anyMatch(request -> new String(request, StandardCharsets.ISO_8859_1)
                .contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
    }

    /** By the numbers of opentelemetry/proto/trace/v1/trace.proto. */
    private static Span span(String service, UnknownFieldSet span) {
        List<UnknownFieldSet> status = messages(span, 15);
        return new Span(
                service,
                hex(span, 1),
                hex(span, 2),
                hex(span, 4),
                text(span, 5),
                number(span, 6),
                attributes(span, 9),
                !status.isEmpty() && number(status.get(0), 3) == 2);
    }

    private static Map<String, String> attributes(UnknownFieldSet message, int field) {
        return messages(message, field).stream()
                .collect(Collectors.toMap(
                        each -> text(each, 1),
                        each -> value(messages(each, 2).get(0)),
                        (one, other) -> other,
                        TreeMap::new));
    }

    /** A text or a number; anything else is of no use here. */
    private static String value(UnknownFieldSet any) {
        return any.hasField(1) ? text(any, 1) : Integer.toString(number(any, 3));
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(ByteString::toByteArray)
                .map(SpanReceiver::read)
                .toList();
    }

    private static String text(UnknownFieldSet message, int field) {
        return bytes(message, field).toStringUtf8();
    }

    private static String hex(UnknownFieldSet message, int field) {
        return HexFormat.of().formatHex(bytes(message, field).toByteArray());
    }

    private static ByteString bytes(UnknownFieldSet message, int field) {
        Field given = message.getField(field);
        return given.getLengthDelimitedList().isEmpty()
                ? ByteString.EMPTY
                : given.getLengthDelimitedList().get(0);
    }

    private static int number(UnknownFieldSet message, int field) {
        Field given = message.getField(field);
        return given.getVarintList().isEmpty()
                ? 0
                : given.getVarintList().get(0).intValue();
    }

    private static UnknownFieldSet read(byte[] message) {
        try {
            return UnknownFieldSet.parseFrom(message);
        } catch (IOException e) {
            throw new AssertionError("What came is no message of OTLP.", e);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
