package io.gyre.worker.engine;

import java.time.Duration;

/**
 * The engine's limits.
 *
 * @param inFlight how many rotations this worker has in hand at most; more stay in PostgreSQL
 * @param batch how many are claimed by one statement at most
 * @param sweepEvery how often the store is asked what is due; what Kafka missed waits no longer than this
 * @param commitWithin how long a commit may take before its effect is not begun any more; leases outlive an effect's
 *     time-out by this
 */
public record EngineSettings(int inFlight, int batch, Duration sweepEvery, Duration commitWithin) {}
