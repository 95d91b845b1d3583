package io.gyre.api.accesspoints;

import java.util.Optional;

/** How whoever logged in by a client key is named as a caller: {@code access-point/NAME}. */
public final class PointPrincipal {
    private static final String PREFIX = "access-point/";

    private PointPrincipal() {}

    public static String of(String accessPoint) {
        return PREFIX + accessPoint;
    }

    /** The access point; empty for every other caller. */
    public static Optional<String> accessPoint(String principal) {
        return principal.startsWith(PREFIX) ? Optional.of(principal.substring(PREFIX.length())) : Optional.empty();
    }
}
