package io.gyre.api.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long somebody stays logged in to the console, on the wall clock (the defaults: NIST SP 800-63B, AAL2). */
@ConfigMapping(prefix = "gyre.console.session")
interface SessionSettings {
    /** Without a request. */
    @WithDefault("30m")
    Duration idle();

    /** In all. */
    @WithDefault("12h")
    Duration longest();
}
