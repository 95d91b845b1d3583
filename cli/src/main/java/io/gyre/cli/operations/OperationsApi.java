package io.gyre.cli.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.platform.PlatformException;
import io.gyre.rpc.Acs3Signer;
import io.gyre.rpc.Loopback;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Calls the operations API, signed, where nobody can listen; what it refuses is told in its own sentence. */
public final class OperationsApi {
    private static final String ROOT = "/operations/v1/";

    /** A dry run takes up to 15 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);
    private static final int FIRST_REFUSAL = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final HttpClient http;
    private final URI endpoint;
    private final RpcCredentials key;

    /**
     * Sends nothing yet.
     *
     * @param endpoint scheme, host and port of api-service's operations
     * @param authorities a PEM file with the only ones to believe of a server's certificate; null for those the JDK knows
     * @throws PlatformException for an endpoint on the way to which others could listen, and where the file holds no certificate
     */
    public OperationsApi(URI endpoint, RpcCredentials key, @Nullable Path authorities) {
        this.endpoint = endpoint;
        this.key = key;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTED_WITHIN)
                .sslParameters(new SSLParameters(null, VERSIONS));
        if (isSecure(endpoint) && authorities != null) {
            client.sslContext(TrustedAuthorities.in(authorities));
        }
        this.http = client.build();
    }

    private static boolean isSecure(URI endpoint) {
        String host = endpoint.getHost();
        if (host != null && "https".equalsIgnoreCase(endpoint.getScheme())) {
            return true;
        }
        if (host == null || !"http".equalsIgnoreCase(endpoint.getScheme())) {
            throw new PlatformException(
                    "\"" + endpoint
                            + "\" is no address of an operations API: name one with --endpoint such as https://gyre.example:7644.");
        }
        if (!Loopback.isMeantBy(host)) {
            throw new PlatformException(
                    "By plain HTTP others could listen on the way to " + host
                            + ", and nothing was sent: name its https:// address with --endpoint, at the port of GYRE_OPS_TLS_PORT (7644).");
        }
        return false;
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
        String given = query.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                .collect(Collectors.joining("&"));
        return given.isEmpty() ? "" : "?" + given;
    }

    /** @throws PlatformException where it is refused, or nothing answers */
    public Reply post(String path, ObjectNode body) {
        return send("POST", path, body.toString());
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
        } catch (SSLException e) {
            throw new PlatformException(TlsFailure.sentence(endpoint, e), e);
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
