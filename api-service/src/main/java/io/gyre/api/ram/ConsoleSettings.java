package io.gyre.api.ram;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where people find the console. */
@ConfigMapping(prefix = "gyre.console")
public interface ConsoleSettings {
    /** As a browser reaches it; the operations endpoint where it is not set. */
    Optional<URI> url();
}
