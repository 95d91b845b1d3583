package io.gyre.api.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

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

    /** How much later than its date a rotation begins at most, so that not all begin at one instant; 0s for not at all. */
    @WithDefault("1h")
    @DurationMin(seconds = 0)
    @DurationMax(days = 1)
    Duration spread();

    /** How long it takes at most to begin what came due while no process ran, or everything was paused. */
    @WithDefault("1h")
    @DurationMin(seconds = 0)
    @DurationMax(days = 1)
    Duration catchUp();
}
