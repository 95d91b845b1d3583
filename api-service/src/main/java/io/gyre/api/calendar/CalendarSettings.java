package io.gyre.api.calendar;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** How fast the calendar runs. */
@ConfigMapping(prefix = "gyre.calendar")
public interface CalendarSettings {
    /** Calendar seconds per second of the wall clock; anything but 1 is for the local platform alone. */
    @WithDefault("1")
    @DecimalMin("0.001")
    @DecimalMax("1000000")
    double speed();
}
