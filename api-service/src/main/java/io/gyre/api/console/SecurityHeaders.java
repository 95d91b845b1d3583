package io.gyre.api.console;

import io.vertx.core.MultiMap;
import java.util.Map;

/**
 * On every answer of the console, refusals and files too. Nothing runs, is shown or is sent anywhere but what this console
 * serves; no page stands in another site's frame; nothing is kept by a browser or a proxy.
 */
final class SecurityHeaders {
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
                    + " trusted-types gyre-live",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Permissions-Policy",
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(), usb=()",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Embedder-Policy",
            "require-corp",
            "Cache-Control",
            "no-store");

    /** A year. */
    private static final String HTTPS_ALONE = "max-age=31536000";

    private SecurityHeaders() {}

    /** @param secure whether the request came over TLS: elsewhere browsers ignore that it is to stay so */
    static void put(MultiMap headers, boolean secure) {
        ALWAYS.forEach(headers::set);
        if (secure) {
            headers.set("Strict-Transport-Security", HTTPS_ALONE);
        }
    }
}
