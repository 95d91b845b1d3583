package io.gyre.api.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How the scans go. */
@ConfigMapping(prefix = "gyre.schedule")
public interface ScheduleSettings {
    /** How often the installation looks for what is due, as 1s; on the wall clock. */
    @WithDefault("1s")
    String tick();

    /** How many due secrets are handed out together. */
    @WithDefault("100")
    @Min(1)
    @Max(1000)
    int batch();
}
