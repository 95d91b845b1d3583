package io.gyre.api.ram;

import jakarta.enterprise.context.ApplicationScoped;

/** The page where a RAM administrator grants the rotation of RAM secrets its role. */
@ApplicationScoped
public class AuthorizationLink {
    /** Below the console's own path. */
    public static final String PAGE = "authorize/ram-rotation";

    private final ConsoleAddress console;

    AuthorizationLink(ConsoleAddress console) {
        this.console = console;
    }

    public String url() {
        return console.of(PAGE);
    }
}
