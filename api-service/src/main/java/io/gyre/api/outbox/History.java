package io.gyre.api.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A part of what was told of rotations and secrets.
 *
 * @param since on the wall clock, inclusive
 * @param until on the wall clock, exclusive
 * @param secretArn null for every secret
 */
public record History(
        Instant since, Instant until, @Nullable String secretArn) {}
