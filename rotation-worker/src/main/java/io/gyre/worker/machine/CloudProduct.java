package io.gyre.worker.machine;

import java.util.Locale;

/** Those products of a cloud whose APIs are called; each limits by itself how often. */
public enum CloudProduct {
    RAM,
    STS,
    RDS,
    ECS;

    /** As settings, the table {@code cloud_budget} and people say it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
