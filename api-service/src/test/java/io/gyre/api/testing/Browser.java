package io.gyre.api.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** As much of a browser as the console's promises are about: a cookie, forms, and what it says of where they come from. */
public final class Browser {
    public static final String COOKIE = "__Host-gyre-console";

    private static final Pattern KEPT = Pattern.compile(COOKIE + "=([^;]*)(;.*)?");

    private final HttpClient http;
    private final String origin;
    private String session = "";

    /** One on this machine, by plain HTTP. */
    public Browser() {
        this(HttpClient.newHttpClient(), origin());
    }

    /** @param origin scheme, host and port of the console */
    public Browser(HttpClient http, String origin) {
        this.http = http;
        this.origin = origin;
    }

    /** What came back; where it leads elsewhere, that was not followed. */
    public record Answer(int status, HttpHeaders headers, String body) {
        public String header(String name) {
            return String.join("\n", headers.allValues(name));
        }

        public Answer expect(int expected) {
            assertEquals(expected, status, body);
            return this;
        }

        /** Where it leads, after a look that it does. */
        public String location() {
            expect(303);
            return header("location");
        }

        /** The value of a hidden field of the page's first form that has one of that name. */
        public String field(String name) {
            Matcher field =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(body);
            assertTrue(field.find(), "No field " + name + ": " + body);
            return field.group(1);
        }

        public boolean shows(String text) {
            return body.replaceAll("\\s+", " ").contains(text);
        }
    }

    /** The session's token; empty where there is none. */
    public String session() {
        return session;
    }

    public void keep(String token) {
        session = token;
    }

    public Answer get(String path) {
        return send("GET", path, "", Map.of());
    }

    /** From a page of the console itself. */
    public Answer post(String path, Map<String, String> form) {
        return post(path, form, Map.of("Sec-Fetch-Site", "same-origin", "Origin", "null"));
    }

    public Answer post(String path, Map<String, String> form, Map<String, String> headers) {
        return send("POST", path, encoded(form), headers);
    }

    public Answer send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path)).method(method, BodyPublishers.ofString(body));
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (method.equals("POST")) {
            all.put("Content-Type", "application/x-www-form-urlencoded");
        }
        if (!session.isEmpty()) {
            all.put("Cookie", COOKIE + "=" + session);
        }
        all.putAll(headers);
        all.forEach(request::header);
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("set-cookie").forEach(this::keepCookie);
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void keepCookie(String line) {
        Matcher cookie = KEPT.matcher(line);
        if (cookie.matches()) {
            session = cookie.group(1);
        }
    }

    public static String origin() {
        return ConfigProvider.getConfig().getValue("test.url", String.class);
    }

    public static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
