package io.gyre.api.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.rpc.Acs3Signer;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import org.eclipse.microprofile.config.ConfigProvider;

/** Calls the operations API over HTTP, signed with the administrator's key unless a test says otherwise. */
@ApplicationScoped
public class OperationsClient {
    /** Longer than any operation takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Clients clients;

    OperationsClient(Clients clients) {
        this.clients = clients;
    }

    /** What came back. */
    public record Answer(int status, String contentType, String date, String body) {
        /** The body, after a look at the status. */
        public JsonNode json(int expectedStatus) {
            assertEquals(expectedStatus, status, body);
            return parsed();
        }

        private JsonNode parsed() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("No JSON: " + body, e);
            }
        }

        /** Expects a refusal of this kind, in the form of RFC 9457; @return its sentence */
        public String problem(int expectedStatus, String code) {
            assertEquals(expectedStatus, status, body);
            assertEquals("application/problem+json", contentType.replaceAll(";.*", ""));
            JsonNode problem = parsed();
            assertEquals("urn:gyre:problem:" + code, problem.path("type").asText(), body);
            assertEquals(expectedStatus, problem.path("status").asInt());
            assertFalse(problem.path("title").asText().isEmpty());
            assertTrue(problem.path("instance").asText().startsWith("urn:uuid:"), body);
            return problem.path("detail").asText();
        }
    }

    public Answer get(String pathAndQuery) {
        return signed("GET", pathAndQuery, "");
    }

    public Answer post(String path) {
        return signed("POST", path, "");
    }

    public Answer post(String path, String json) {
        return signed("POST", path, json);
    }

    /** Signs as the administrator. */
    public Answer signed(String method, String pathAndQuery, String body) {
        return send(method, pathAndQuery, body, headers(method, pathAndQuery, body));
    }

    /** The headers of a request that the administrator signed, to be spoilt by a test. */
    public SortedMap<String, String> headers(String method, String pathAndQuery, String body) {
        return headers(method, pathAndQuery, body, administrator(), Instant.now());
    }

    public RpcCredentials administrator() {
        Properties key = clients.administratorKey();
        return new RpcCredentials(key.getProperty("AccessKeyId"), SecretText.of(key.getProperty("AccessKeySecret")));
    }

    public SortedMap<String, String> headers(
            String method, String pathAndQuery, String body, RpcCredentials credentials, Instant date) {
        return headers(method, pathAndQuery, body, credentials, date, "application/json");
    }

    /** For a body of another type. */
    public SortedMap<String, String> headers(String method, String pathAndQuery, String body, String contentType) {
        return headers(method, pathAndQuery, body, administrator(), Instant.now(), contentType);
    }

    /** With further headers of the request's own, all of them signed; without a body. */
    public SortedMap<String, String> headers(
            String method, String pathAndQuery, RpcCredentials credentials, Map<String, String> own) {
        return Acs3Signer.headers(method, address(pathAndQuery), own, new byte[0], credentials, Instant.now());
    }

    private static SortedMap<String, String> headers(
            String method,
            String pathAndQuery,
            String body,
            RpcCredentials credentials,
            Instant date,
            String contentType) {
        return Acs3Signer.headers(
                method,
                address(pathAndQuery),
                Map.of("content-type", contentType),
                body.getBytes(StandardCharsets.UTF_8),
                credentials,
                date);
    }

    /** Sends exactly this. */
    public Answer send(String method, String pathAndQuery, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(pathAndQuery))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofString(body));
        headers.forEach((name, value) -> {
            // The client writes it, the same one.
            if (!name.equals("host")) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("content-type").orElse(""),
                    answer.headers().firstValue("date").orElse(""),
                    answer.body());
        } catch (IOException e) {
            throw new AssertionError(method + " " + pathAndQuery, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** {@code host:port}. */
    public String authority() {
        return address("/").getAuthority();
    }

    private static URI address(String pathAndQuery) {
        return URI.create(ConfigProvider.getConfig().getValue("test.url", String.class) + pathAndQuery);
    }
}
