package io.gyre.worker.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a claimed rotation comes from: for those who look on, no decision rests on it.
 *
 * @param age how long before the claim it was requested, by PostgreSQL's clock
 * @param takenOver whether its lease was another claim's that ran out
 * @param traceParent the W3C trace context of its request; null where nobody traces
 */
public record Origin(
        Duration age, boolean takenOver, @Nullable String traceParent) {}
