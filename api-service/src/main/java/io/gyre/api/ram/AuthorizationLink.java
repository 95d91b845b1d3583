package io.gyre.api.ram;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The page where a RAM administrator grants the rotation of RAM secrets its role. */
@ApplicationScoped
public class AuthorizationLink {
    private static final String PATH = "console/authorize/ram-rotation";

    private final URI page;

    AuthorizationLink(
            ConsoleSettings console,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        String root = console.url().map(URI::toString).orElse("http://" + host + ":" + port);
        this.page = URI.create(root.endsWith("/") ? root : root + "/").resolve(PATH);
    }

    public String url() {
        return page.toString();
    }
}
