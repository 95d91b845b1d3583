package io.gyre.api.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the audit log is kept. */
@ConfigMapping(prefix = "gyre.audit")
public interface AuditSettings {
    /**
     * How long a line stands at most before a signed head covers it. Until then, whoever may write to the database could
     * change it unnoticed.
     */
    @WithDefault("10s")
    Duration headInterval();
}
