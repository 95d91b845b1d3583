package example.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls the KMS API, signed by ACS3-HMAC-SHA256, as its documentation describes that. */
record KmsCall(String endpoint, Properties key) {
    private static final String ALGORITHM = "ACS3-HMAC-SHA256";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @return the answer's JSON; @throws IllegalStateException where it is refused */
    JsonNode perform(String action, Map<String, String> parameters) throws IOException, InterruptedException {
        String query = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
        URI uri = URI.create(endpoint + "/?" + query);
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "host",
                uri.getAuthority(),
                "x-acs-action",
                action,
                "x-acs-version",
                "2016-01-20",
                "x-acs-date",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "x-acs-signature-nonce",
                UUID.randomUUID().toString(),
                "x-acs-content-sha256",
                sha256("")));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", authorization(query, headers));
        headers.forEach((name, value) -> {
            // The client writes it, the same one.
            if (!name.equals("host")) {
                request.header(name, value);
            }
        });
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(action + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private String authorization(String query, SortedMap<String, String> headers) {
        String names = String.join(";", headers.keySet());
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        String request = String.join("\n", "POST", "/", query, lines, names, sha256(""));
        String signature = hmac(ALGORITHM + "\n" + sha256(request));
        return ALGORITHM + " Credential=" + key.getProperty("AccessKeyId") + ",SignedHeaders=" + names + ",Signature="
                + signature;
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    key.getProperty("AccessKeySecret").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
