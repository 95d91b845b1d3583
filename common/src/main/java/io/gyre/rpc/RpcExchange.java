package io.gyre.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way. It knows at each moment whether a byte of the request may have left, since that decides what a
 * failure means. All of it runs on one Vert.x context.
 */
final class RpcExchange {
    /** A DescribeAccounts page of 500 is far below it. */
    private static final int ANSWER_LIMIT = 4 * 1024 * 1024;

    private final Vertx vertx;
    private final HttpClient http;
    private final RpcCall call;
    private final UniEmitter<? super JsonNode> emitter;
    private final Buffer answer = Buffer.buffer();
    private @Nullable HttpClientRequest sent;
    private boolean over;
    private long timer;

    RpcExchange(Vertx vertx, HttpClient http, RpcCall call, UniEmitter<? super JsonNode> emitter) {
        this.vertx = vertx;
        this.http = http;
        this.call = call;
        this.emitter = emitter;
    }

    void send(SignedForm form) {
        vertx.getOrCreateContext().runOnContext(started -> {
            timer = vertx.setTimer(Math.max(1, call.timeout().toMillis()), elapsed -> timeOut());
            URI endpoint = call.endpoint();
            boolean tls = endpoint.getScheme().equals("https");
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setSsl(tls)
                    .setHost(endpoint.getHost())
                    .setPort(endpoint.getPort() >= 0 ? endpoint.getPort() : tls ? 443 : 80)
                    .setURI("/");
            http.request(options)
                    .onSuccess(request -> write(request, form))
                    .onFailure(failure -> fail(new RpcNotSent(describe("could not be reached"), failure)));
        });
    }

    private void write(HttpClientRequest request, SignedForm form) {
        if (over) {
            request.reset();
            return;
        }
        sent = request;
        form.headers().forEach(request::putHeader);
        request.exceptionHandler(this::broken);
        request.response().onSuccess(this::read).onFailure(this::broken);
        request.end(Buffer.buffer(form.body())).onFailure(this::broken);
    }

    private void read(HttpClientResponse response) {
        response.exceptionHandler(this::broken).handler(this::gather).endHandler(end -> finish(response.statusCode()));
    }

    private void gather(Buffer part) {
        if (answer.length() + part.length() > ANSWER_LIMIT) {
            fail(new RpcUnclear(describe("answered with more than " + ANSWER_LIMIT + " bytes"), null));
        } else if (!over) {
            answer.appendBuffer(part);
        }
    }

    private void finish(int status) {
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(answer.getBytes());
        } catch (IOException e) {
            body = null;
        }
        if (body == null || !body.isObject() || (status >= 300 && status < 400)) {
            fail(new RpcUnclear(describe("answered with status " + status + " and no answer of the API"), null));
        } else if (status < 300) {
            settle();
            emitter.complete(body);
        } else {
            String code = field(body, "Code");
            fail(
                    code == null
                            ? new RpcUnclear(describe("answered with status " + status + " and no code"), null)
                            : fault(status, code, body));
        }
    }

    private static RpcFault fault(int status, String code, JsonNode body) {
        Map<String, String> details = new TreeMap<>();
        body.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                details.put(field.getKey(), field.getValue().asText());
            }
        });
        String message = field(body, "Message");
        return new RpcFault(status, code, message == null ? "" : message, details);
    }

    private static @Nullable String field(JsonNode body, String name) {
        JsonNode value = body.hasNonNull(name) ? body.get(name) : body.get(name.toLowerCase(Locale.ROOT));
        return value == null || value.isNull() ? null : value.asText();
    }

    private void broken(Throwable failure) {
        fail(new RpcUnclear(describe("broke off before it answered"), failure));
    }

    private void timeOut() {
        String within = "within " + call.timeout();
        fail(
                sent == null
                        ? new RpcNotSent(describe("could not be reached " + within), null)
                        : new RpcUnclear(describe("did not answer " + within), null));
    }

    private void fail(RpcFailure failure) {
        if (over) {
            return;
        }
        settle();
        if (sent != null && !(failure instanceof RpcFault)) {
            sent.reset();
        }
        emitter.fail(failure);
    }

    private void settle() {
        over = true;
        vertx.cancelTimer(timer);
    }

    private String describe(String what) {
        return call.action() + " at " + call.endpoint() + ": it " + what + ".";
    }
}
