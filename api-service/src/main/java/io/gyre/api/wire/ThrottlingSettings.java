package io.gyre.api.wire;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How often an account may call. */
@ConfigMapping(prefix = "gyre.throttling")
public interface ThrottlingSettings {
    /** The rates that hold. */
    @WithDefault("none")
    Profile profile();

    /**
     * Among how many api-service processes a balancer spreads the requests of an account. Each process counts for itself
     * and grants its share.
     */
    @WithDefault("1")
    @Min(1)
    @Max(1000)
    int processes();

    /** As documented for the two kinds of gateway that Alibaba Cloud has. */
    enum Profile {
        /** No caps, as at the gateway of a KMS instance. */
        NONE,

        /** The {@link Quota}s of the gateway that all accounts of a region share. */
        SHARED_GATEWAY
    }
}
