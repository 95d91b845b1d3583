package io.gyre.api.console;

import io.gyre.api.ram.ConsoleSettings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From where a request may come: which machines by plain HTTP, under which name, and which pages' forms. */
@ApplicationScoped
class Origins {
    private static final Set<String> LOOPBACK_6 = Set.of("::1", "[::1]", "0:0:0:0:0:0:0:1");
    private static final Pattern LOOPBACK_4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    private final Optional<URI> console;

    Origins(ConsoleSettings settings) {
        this.console = settings.url();
    }

    /**
     * Whether nobody can listen on the way here: it is TLS, or does not leave the machine. A proxy that ends TLS on this
     * machine is told from a browser on it by nothing, and need not be: to what it serves by plain HTTP elsewhere, browsers
     * send no session.
     */
    static boolean isPrivate(HttpServerRequest request) {
        return request.isSSL() || isLoopback(request.remoteAddress().hostAddress());
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
                || host.equals("localhost")
                || isLoopback(host)
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

    private static boolean isLoopback(@Nullable String host) {
        return host != null
                && (LOOPBACK_6.contains(host) || LOOPBACK_4.matcher(host).matches());
    }
}
