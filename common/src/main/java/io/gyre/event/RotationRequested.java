package io.gyre.event;

import java.util.UUID;

/**
 * Asks the workers of a type to look at a rotation. The row in PostgreSQL says the rest: a lost or repeated record
 * changes nothing but the delay.
 */
public record RotationRequested(UUID rotationId, String secretArn, String rotationType) {
    /** The CloudEvents type. */
    public static final String TYPE = "io.gyre.rotation.requested.v1";
}
