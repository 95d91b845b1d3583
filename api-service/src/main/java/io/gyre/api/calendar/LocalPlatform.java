package io.gyre.api.calendar;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is permitted on one machine, for demonstrations. */
@ConfigMapping(prefix = "gyre")
public interface LocalPlatform {
    /** Whether this is a local platform, whose calendar may run at another speed than the wall clock. */
    @WithDefault("false")
    boolean localPlatform();
}
