package io.gyre.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Calls any product that speaks the RPC style, signed with ACS3-HMAC-SHA256. It never repeats a call by itself. */
public final class RpcClient {
    /** Shorter than any server's, so that a connection is not used in the moment the server closes it. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    /** To one endpoint; further calls wait, and that wait counts against their time-out. */
    private static final int CONNECTION_LIMIT = 64;

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Vertx vertx;
    private final HttpClient http;
    private final InstantSource clock;

    /** @param clock the operational clock, whose time the requests are signed with */
    public RpcClient(Vertx vertx, InstantSource clock) {
        this(vertx, clock, new HttpClientOptions());
    }

    /** @param options trust and the like; what this client depends on is set over it */
    public RpcClient(Vertx vertx, InstantSource clock, HttpClientOptions options) {
        this.vertx = vertx;
        this.clock = clock;
        this.http = vertx.createHttpClient(
                new HttpClientOptions(options)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setTracingPolicy(TracingPolicy.IGNORE),
                new PoolOptions().setHttp1MaxSize(CONNECTION_LIMIT));
    }

    /**
     * The answer, when the other side gives one below status 400.
     *
     * @return fails with an {@link RpcFailure} and nothing else
     */
    public Uni<JsonNode> call(RpcCall call) {
        return Uni.createFrom().emitter(emitter -> new RpcExchange(vertx, http, call, emitter).send(sign(call)));
    }

    /** Closes the connections; calls on their way fail as unclear. */
    public Uni<Void> close() {
        return Uni.createFrom().completionStage(() -> http.close().toCompletionStage());
    }

    private SignedForm sign(RpcCall call) {
        byte[] body = PercentEncoding.canonical(call.parameters()).getBytes(StandardCharsets.UTF_8);
        String bodyHash = Digests.sha256Hex(body);
        int port = call.endpoint().getPort();
        TreeMap<String, String> headers = new TreeMap<>(Map.of(
                "host",
                port < 0 ? call.endpoint().getHost() : call.endpoint().getHost() + ":" + port,
                "content-type",
                FORM,
                "x-acs-action",
                call.action(),
                "x-acs-version",
                call.version(),
                "x-acs-date",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                "x-acs-signature-nonce",
                UUID.randomUUID().toString(),
                "x-acs-content-sha256",
                bodyHash));
        List<String> signed = List.copyOf(headers.keySet());
        String canonical = Acs3Signature.canonicalRequest("POST", new TreeMap<>(), headers::get, signed, bodyHash);
        String signature = Acs3Signature.sign(
                canonical, call.credentials().accessKeySecret().reveal());
        headers.put(
                "authorization",
                Acs3Signature.ALGORITHM + " Credential=" + call.credentials().accessKeyId() + ",SignedHeaders="
                        + String.join(";", signed) + ",Signature=" + signature);
        headers.put("accept", "application/json");
        return new SignedForm(headers, body);
    }
}
