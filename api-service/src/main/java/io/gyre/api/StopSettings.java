package io.gyre.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the process ends. */
@ConfigMapping(prefix = "gyre.stop")
interface StopSettings {
    /** How long it goes on answering once it is asked to end, while it says that it is not ready. */
    @WithDefault("0s")
    Duration announced();

    /** How long what is open may take after that, at most. */
    @WithDefault("20s")
    Duration within();
}
