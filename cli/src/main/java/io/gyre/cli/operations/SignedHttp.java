package io.gyre.cli.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Sends signed requests to one API, only where nobody can listen on the way. */
final class SignedHttp {
    /** A dry run takes up to 15 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final ServedApi api;
    private final URI endpoint;
    private final RpcCredentials key;

    /**
     * An answer, whatever its status.
     *
     * @param date what the server's clock shows; null where it does not tell
     * @param body a JSON object
     */
    record Answer(int status, @Nullable Instant date, JsonNode body) {}

    /**
     * Sends nothing yet.
     *
     * @param authorities a PEM file with the only ones to believe of a server's certificate; null for those the JDK knows
     * @throws PlatformException for an endpoint on the way to which others could listen, and where the file holds no certificate
     */
    SignedHttp(ServedApi api, URI endpoint, RpcCredentials key, @Nullable Path authorities) {
        this.api = api;
        this.endpoint = endpoint;
        this.key = key;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECTED_WITHIN)
                .sslParameters(new SSLParameters(null, VERSIONS));
        if (isSecure() && authorities != null) {
            client.sslContext(TrustedAuthorities.in(authorities));
        }
        this.http = client.build();
    }

    private boolean isSecure() {
        String host = endpoint.getHost();
        if (host != null && "https".equalsIgnoreCase(endpoint.getScheme())) {
            return true;
        }
        if (host == null || !"http".equalsIgnoreCase(endpoint.getScheme())) {
            throw new PlatformException("\"" + endpoint + "\" is no address of " + article() + api.title()
                    + ": name one with " + api.option() + " such as " + api.example() + ".");
        }
        if (!Loopback.isMeantBy(host)) {
            throw new PlatformException("By plain HTTP others could listen on the way to " + host
                    + ", and nothing was sent: name its https:// address with " + api.option() + ", at the port of "
                    + api.port() + ".");
        }
        return false;
    }

    /** As queries and forms write them: {@code k=v} pairs, sorted by name, joined with {@code &}. */
    static String encoded(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                .collect(Collectors.joining("&"));
    }

    private String article() {
        return api == ServedApi.OPERATIONS ? "an " : "a ";
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param own headers to be sent and signed, by lower-case name
     * @throws PlatformException where nothing answers, or something else does
     */
    Answer send(String method, String pathAndQuery, Map<String, String> own, String body) {
        URI uri = endpoint.resolve(pathAndQuery);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(PATIENCE).method(method, BodyPublishers.ofString(body));
        Acs3Signer.headers(
                        method,
                        uri,
                        own,
                        body.getBytes(StandardCharsets.UTF_8),
                        key,
                        Clock.systemUTC().instant())
                .forEach((name, value) -> {
                    // The client writes it, the same one.
                    if (!name.equals("host")) {
                        request.header(name, value);
                    }
                });
        request.header("accept", "application/json");
        try {
            return answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (SSLException e) {
            throw new PlatformException(TlsFailure.sentence(api, endpoint, e), e);
        } catch (IOException e) {
            throw new PlatformException(
                    "No " + api.title() + " answers at " + endpoint
                            + ": start Gyre with ./gyre up, or name another endpoint with " + api.option() + ".",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while " + endpoint + " was asked.", e);
        }
    }

    private static @Nullable Instant date(HttpResponse<String> answer) {
        try {
            return answer.headers()
                    .firstValue("date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElse(null);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private Answer answer(HttpResponse<String> answer) {
        JsonNode body;
        try {
            body = JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            body = null;
        }
        if (body == null || !body.isObject()) {
            throw new PlatformException("What answers at " + endpoint + " is no " + api.title() + " of Gyre (status "
                    + answer.statusCode() + "): name the right one with " + api.option() + ".");
        }
        return new Answer(answer.statusCode(), date(answer), body);
    }
}
