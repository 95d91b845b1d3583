package io.gyre.api.console;

import io.gyre.api.ram.ConsoleSettings;
import io.gyre.rpc.Loopback;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;

/** From where a request may come: under which name, and from which pages' forms. */
@ApplicationScoped
class Origins {
    private final Optional<URI> console;

    Origins(ConsoleSettings settings) {
        this.console = settings.url();
    }

    /**
     * Whether the browser means this console. By plain HTTP it has the machine's own name, or the one of the settings: a
     * foreign site's name that suddenly leads here is a trick to be let in from a browser on this machine.
     */
    boolean isMeant(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (authority == null) {
            return false;
        }
        String host = authority.host();
        return request.isSSL()
                || Loopback.isMeantBy(host)
                || console.map(url -> host.equalsIgnoreCase(url.getHost())).orElse(false);
    }

    /**
     * Whether a form was sent by a page of this console. Browsers say of a request where it comes from, in one header or the
     * other, and no page can make them say otherwise. Since the console's pages tell nobody where they are, its own forms have
     * the Origin null: then Sec-Fetch-Site must speak for them.
     */
    boolean isOwnForm(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        boolean known = origin != null && !origin.equals("null");
        if (known && !isOwn(origin, request)) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null ? known : site.equals("same-origin");
    }

    private boolean isOwn(String origin, HttpServerRequest request) {
        HostAndPort authority = request.authority();
        String own = (request.isSSL() ? "https://" : "http://") + authority;
        return origin.equals(own)
                || console.map(url -> origin.equals(originOf(url))).orElse(false);
    }

    private static String originOf(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
