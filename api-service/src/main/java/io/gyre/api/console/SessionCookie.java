package io.gyre.api.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * The cookie that holds a session's token, until the browser is closed. Its prefix makes browsers refuse one that another host,
 * or anybody over plain HTTP, wants to set. Scripts cannot read it. It comes along with a link that was clicked elsewhere, as
 * the authorization link is, and with nothing else that another site begins.
 */
final class SessionCookie {
    static final String NAME = "__Host-gyre-console";

    private SessionCookie() {}

    static Optional<ConsoleToken> of(HttpServerRequest request) {
        Cookie cookie = request.getCookie(NAME);
        return cookie == null ? Optional.empty() : ConsoleToken.of(cookie.getValue());
    }

    static Cookie holding(ConsoleToken token) {
        return cookie(token.text().reveal());
    }

    static Cookie gone() {
        return cookie("").setMaxAge(0);
    }

    private static Cookie cookie(String value) {
        return Cookie.cookie(NAME, value)
                .setPath("/")
                .setSecure(true)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX);
    }
}
