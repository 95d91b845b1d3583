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
import java.util.Map;
import java.util.SortedMap;

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
    private final RpcObserver observer;

    /** @param clock the operational clock, whose time the requests are signed with */
    public RpcClient(Vertx vertx, InstantSource clock) {
        this(vertx, clock, new HttpClientOptions(), (call, answer) -> answer);
    }

    /** @param options trust and the like; what this client depends on is set over it */
    public RpcClient(Vertx vertx, InstantSource clock, HttpClientOptions options) {
        this(vertx, clock, options, (call, answer) -> answer);
    }

    /** @param observer is shown each call */
    public RpcClient(Vertx vertx, InstantSource clock, RpcObserver observer) {
        this(vertx, clock, new HttpClientOptions(), observer);
    }

    private RpcClient(Vertx vertx, InstantSource clock, HttpClientOptions options, RpcObserver observer) {
        this.vertx = vertx;
        this.clock = clock;
        this.observer = observer;
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
        return observer.observed(call, Uni.createFrom().emitter(emitter -> new RpcExchange(vertx, http, call, emitter)
                .send(sign(call))));
    }

    /** Closes the connections; calls on their way fail as unclear. */
    public Uni<Void> close() {
        return Uni.createFrom().completionStage(() -> http.close().toCompletionStage());
    }

    private SignedForm sign(RpcCall call) {
        byte[] body = PercentEncoding.canonical(call.parameters()).getBytes(StandardCharsets.UTF_8);
        SortedMap<String, String> headers = Acs3Signer.headers(
                "POST",
                call.endpoint().resolve("/"),
                Map.of("content-type", FORM, "x-acs-action", call.action(), "x-acs-version", call.version()),
                body,
                call.credentials(),
                clock.instant());
        headers.put("accept", "application/json");
        return new SignedForm(headers, body);
    }
}
