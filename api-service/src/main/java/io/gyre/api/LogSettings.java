package io.gyre.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How log lines are written. The framework is configured from the same keys. */
@ConfigMapping(prefix = "gyre.log")
interface LogSettings {
    /** Whether each is a JSON object, for machines. */
    @WithDefault("false")
    boolean json();
}
