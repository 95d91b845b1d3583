package io.gyre.api.testing;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;

/** The way into the console by a link, as whoever's key signs. */
@ApplicationScoped
public class ConsoleLogin {
    private static final String PATH = "/operations/v1/console-logins";

    private final OperationsClient operations;

    ConsoleLogin(OperationsClient operations) {
        this.operations = operations;
    }

    /** A fresh link's token. */
    public String token(RpcCredentials key) {
        String url = operations
                .send("POST", PATH, "", operations.headers("POST", PATH, "", key, Instant.now()))
                .json(200)
                .path("url")
                .asText();
        return url.substring(url.indexOf('#') + 1);
    }

    public String token(Clients.AccessKey key) {
        return token(new RpcCredentials(key.id(), SecretText.of(key.secret())));
    }

    /** A browser in which the account itself is logged in. */
    public Browser administrator() {
        return loggedIn(token(operations.administrator()));
    }

    /** Logs the account itself in, in a window of Chromium, which then shows the start page. */
    public void administrator(Page window) {
        window.navigate(Browser.origin() + "/console/login#" + token(operations.administrator()));
        window.keyboard().press("Enter");
        window.waitForURL(Browser.origin() + "/console/");
    }

    /** A window of Chromium in which the account itself is logged in. */
    public Page window(Chromium chromium, ColorScheme scheme) {
        Page window =
                chromium.page(new NewContextOptions().setColorScheme(scheme).setViewportSize(1180, 760));
        administrator(window);
        return window;
    }

    public Browser as(Clients.AccessKey key) {
        return loggedIn(token(key));
    }

    private static Browser loggedIn(String token) {
        Browser browser = new Browser();
        browser.post("/console/login", Map.of("code", token)).location();
        return browser;
    }
}
