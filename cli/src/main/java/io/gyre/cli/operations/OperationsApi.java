package io.gyre.cli.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.platform.PlatformException;
import io.gyre.rpc.Acs3Signer;
import io.gyre.rpc.RpcCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Calls the operations API, signed; what it refuses is told in its own sentence. */
public final class OperationsApi {
    private static final String ROOT = "/operations/v1/";

    /** A dry run takes up to 15 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);
    private static final int FIRST_REFUSAL = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTED_WITHIN)
            .build();
    private final URI endpoint;
    private final RpcCredentials key;

    /** @param endpoint scheme, host and port of api-service's operations */
    public OperationsApi(URI endpoint, RpcCredentials key) {
        this.endpoint = endpoint;
        this.key = key;
    }

    /**
     * An answer below status 400.
     *
     * @param status 202 where an order has not been taken by a worker yet
     */
    public record Reply(int status, JsonNode body) {}

    /**
     * Reads.
     *
     * @param query parameters; those that are empty are left out
     * @throws PlatformException where it is refused, or nothing answers
     */
    public JsonNode get(String path, SortedMap<String, String> query) {
        String given = query.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                .collect(Collectors.joining("&"));
        return send("GET", path + (given.isEmpty() ? "" : "?" + given), "").body();
    }

    /** @throws PlatformException where it is refused, or nothing answers */
    public Reply post(String path, Map<String, ?> body) {
        return send("POST", path, body.isEmpty() ? "" : JSON.valueToTree(body).toString());
    }

    private Reply send(String method, String pathAndQuery, String body) {
        URI uri = endpoint.resolve(ROOT + pathAndQuery);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(PATIENCE).method(method, BodyPublishers.ofString(body));
        Acs3Signer.headers(
                        method,
                        uri,
                        Map.of("content-type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8),
                        key,
                        Clock.systemUTC().instant())
                .forEach((name, value) -> {
                    // The client writes it, the same one.
                    if (!name.equals("host")) {
                        request.header(name, value);
                    }
                });
        try {
            return reply(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new PlatformException(
                    "No operations API answers at " + endpoint
                            + ": start Gyre with ./gyre up, or name another endpoint with --endpoint.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while " + endpoint + " was asked.", e);
        }
    }

    private Reply reply(HttpResponse<String> answer) {
        JsonNode body;
        try {
            body = JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            body = null;
        }
        if (body == null || !body.isObject()) {
            throw new PlatformException("What answers at " + endpoint + " is no operations API of Gyre (status "
                    + answer.statusCode() + "): name the right one with --endpoint.");
        }
        if (answer.statusCode() >= FIRST_REFUSAL) {
            throw new PlatformException(body.path("detail").asText("Refused with status " + answer.statusCode() + "."));
        }
        return new Reply(answer.statusCode(), body);
    }
}
