package io.gyre.api.ram;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the console's pages are, as people are told. */
@ApplicationScoped
public class ConsoleAddress {
    private final URI root;

    ConsoleAddress(
            ConsoleSettings console,
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        String address = console.url().map(URI::toString).orElse("http://" + host + ":" + port);
        this.root = URI.create(address.endsWith("/") ? address : address + "/");
    }

    /** @param page below the console's own path */
    public String of(String page) {
        return root.resolve("console/" + page).toString();
    }
}
