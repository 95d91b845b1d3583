package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.platform.PlatformException;
import io.gyre.rpc.RpcCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Calls the operations API, signed, where nobody can listen; what it refuses is told in its own sentence. */
public final class OperationsApi {
    private static final String ROOT = "/operations/v1/";

    private static final String JSON_TYPE = "application/json";
    private static final int FIRST_REFUSAL = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SignedHttp http;

    /**
     * Sends nothing yet.
     *
     * @param endpoint scheme, host and port of api-service's operations
     * @param authorities a PEM file with the only ones to believe of a server's certificate; null for those the JDK knows
     * @throws PlatformException for an endpoint on the way to which others could listen, and where the file holds no certificate
     */
    public OperationsApi(URI endpoint, RpcCredentials key, @Nullable Path authorities) {
        this.http = new SignedHttp(ServedApi.OPERATIONS, endpoint, key, authorities);
    }

    /**
     * An answer below status 400.
     *
     * @param status 202 where an order has not been taken by a worker yet
     */
    public record Reply(int status, JsonNode body) {}

    /**
     * What a signed request meets.
     *
     * @param date what the server's clock shows; null where it does not tell
     * @param said where it is refused, why
     */
    public record Greeting(int status, @Nullable Instant date, String said) {}

    /**
     * Signs a request and looks how it is met; a refusal is an answer, too.
     *
     * @throws PlatformException where nothing answers
     */
    public Greeting greet() {
        SignedHttp.Answer answer = http.send("GET", ROOT + "budgets", Map.of("content-type", JSON_TYPE), "");
        return new Greeting(
                answer.status(), answer.date(), answer.body().path("detail").asText());
    }

    /**
     * Reads.
     *
     * @param query parameters; those that are empty are left out
     * @throws PlatformException where it is refused, or nothing answers
     */
    public JsonNode get(String path, SortedMap<String, String> query) {
        return send("GET", path + queried(query), "").body();
    }

    /** @throws PlatformException where it is refused, or nothing answers */
    public Reply post(String path, Map<String, ?> body) {
        return post(path, new TreeMap<>(), body);
    }

    /**
     * Orders.
     *
     * @param query parameters; those that are empty are left out
     * @throws PlatformException where it is refused, or nothing answers
     */
    public Reply post(String path, SortedMap<String, String> query, Map<String, ?> body) {
        return send(
                "POST",
                path + queried(query),
                body.isEmpty() ? "" : JSON.valueToTree(body).toString());
    }

    private static String queried(SortedMap<String, String> query) {
        TreeMap<String, String> given = new TreeMap<>(query);
        given.values().removeIf(String::isEmpty);
        return given.isEmpty() ? "" : "?" + SignedHttp.encoded(given);
    }

    /** @throws PlatformException where it is refused, or nothing answers */
    public Reply post(String path, ObjectNode body) {
        return send("POST", path, body.toString());
    }

    private Reply send(String method, String pathAndQuery, String body) {
        SignedHttp.Answer answer = http.send(method, ROOT + pathAndQuery, Map.of("content-type", JSON_TYPE), body);
        if (answer.status() >= FIRST_REFUSAL) {
            String type = answer.body().path("type").asText();
            throw new ApiRefusal(
                    type.substring(type.lastIndexOf(':') + 1),
                    answer.body().path("detail").asText("Refused with status " + answer.status() + "."));
        }
        return new Reply(answer.status(), answer.body());
    }
}
