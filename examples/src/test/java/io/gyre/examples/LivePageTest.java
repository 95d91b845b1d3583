package io.gyre.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gyre.platform.testing.InstalledChromium;
import io.gyre.secret.SecretText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page as browsers and others ask for it. */
class LivePageTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final Tally orders = new Tally(nanos::get);
    private final Tally logins = new Tally(nanos::get);
    private final LivePage page = LivePage.serve(
            () -> List.of(
                    Shown.of(PlotTest.use("example/orders", "queries", Duration.ZERO), orders),
                    Shown.of(PlotTest.use("acs/ecs/example-password", "logins", Duration.ofSeconds(30)), logins)),
            0);

    @AfterEach
    void close() {
        page.close();
    }

    /** Two minutes of both: a rotation every seven seconds, which the second one has a gap at. */
    private void play() {
        for (int second = 0; second < 130; second++) {
            int credential = second / 7;
            if (second % 7 == 5) {
                orders.rotated();
                logins.rotated();
            }
            for (int i = 0; i < 44 + (second * 31) % 17; i++) {
                orders.answered(credential % 2 == 0 ? "orders_a" : "orders_b", credential("orders", credential));
            }
            for (int i = 0; i < 20 + (second * 13) % 7; i++) {
                logins.answered("root", credential("root", credential));
            }
            if (second % 7 == 0 && second > 0) {
                logins.reread(3, Duration.ofMillis(180 + second));
            }
            nanos.addAndGet(SECOND);
        }
    }

    private static Credential credential(String name, int number) {
        return new Credential("v" + number, SecretText.of("plaintext of " + name + " " + number));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page.address().resolve(path)).build(), BodyHandlers.ofString());
    }

    @Test
    void thePageBringsEverythingItselfAndMayLoadNothingElse() throws Exception {
        for (String path : List.of("/", "/plot.css", "/plot.js")) {
            HttpResponse<String> answer = get(path);
            assertEquals(200, answer.statusCode(), path);
            String policy =
                    answer.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self';"), policy);
            assertFalse(answer.body().contains("https:"), path);
        }
        assertEquals(404, get("/secrets").statusCode());
    }

    @Test
    void whoNamesItByAnotherAddressIsToldWhereItIs() throws IOException {
        URI address = page.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write("GET /events HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.joining("\n"));
            assertTrue(answer.startsWith("HTTP/1.1 421"), answer);
            assertTrue(answer.endsWith("Ask for " + address + " by that address."), answer);
        }
    }

    @Test
    void nothingCanBeChangedByIt() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(page.address())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertEquals(
                405,
                HttpClient.newHttpClient().send(post, BodyHandlers.ofString()).statusCode());
    }

    /** It is whole also for who comes at the end, and no credential is among it. */
    @Test
    void whoWatchesIsToldUntilTheEnd() throws Exception {
        play();
        orders.failed("It was refused.");
        HttpResponse<Stream<String>> events = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page.address().resolve("/events")).build(), BodyHandlers.ofLines());
        assertEquals(
                "text/event-stream", events.headers().firstValue("Content-Type").orElseThrow());
        var lines = events.body().iterator();
        assertEquals("event: plot", lines.next());
        String data = lines.next();
        assertTrue(data.contains("\"secret\":\"example/orders\""), data);
        assertTrue(data.contains("\"firstFailure\":\"It was refused.\""), data);
        assertTrue(data.contains("\"latest\":\"orders_a\""), data);
        assertFalse(data.contains("plaintext"), data);
        page.close();
        String last = "";
        while (lines.hasNext()) {
            String line = lines.next();
            last = line.startsWith("event:") ? line : last;
        }
        assertEquals("event: over", last);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void itIsReadByTheKeyboardAlone(ColorScheme scheme) throws IOException {
        InstalledChromium.require();
        play();
        try (InstalledChromium chromium = new InstalledChromium()) {
            Page shown =
                    chromium.page(new NewContextOptions().setColorScheme(scheme).setViewportSize(1080, 850));
            shown.navigate(page.address().toString());
            assertThat(shown.locator("#state")).hasText("Live, drawn anew every second.");
            assertThat(shown.locator("section h2"))
                    .hasText(new String[] {"example/orders", "acs/ecs/example-password"});
            assertThat(shown.locator("section").first().locator(".rotation")).hasCount(17);
            assertThat(shown.locator("section").last().locator(".reread")).hasCount(17);
            chromium.requireAccessible(shown, "example");
            InstalledChromium.picture(shown, "example", scheme);

            shown.keyboard().press("Tab");
            assertThat(shown.locator("#pause")).isFocused();
            shown.keyboard().press("Enter");
            assertThat(shown.locator("#state")).hasText("Paused: the program goes on.");
            shown.keyboard().press("Tab");
            for (int i = 0; i < 4; i++) {
                shown.keyboard().press("ArrowLeft");
            }
            assertThat(shown.locator("section").first().locator("output"))
                    .hasText("5 seconds ago: 60 queries, none failed, number 18 of the passwords.");
            shown.keyboard().press("Shift+Tab");
            shown.keyboard().press("Enter");
            assertThat(shown.locator("#state")).hasText("Live, drawn anew every second.");
            page.close();
            assertThat(shown.locator("#state")).hasText("The program has ended.");
            chromium.requireAccessible(shown, "example, ended");
        }
    }
}
