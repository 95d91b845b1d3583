package io.gyre.worker.engine;

import java.time.Duration;

/**
 * The engine's limits.
 *
 * @param inFlight how many rotations this worker is at work on at most; more stay in PostgreSQL
 * @param slow how many more it has in hand at most whose target takes longer than {@code slowAfter} to answer
 * @param perTarget how many rotations of one target a claim takes at most, and with how many in hand it takes none
 * @param batch how many are claimed by one statement at most
 * @param slowAfter how long an effect may be out before its rotation counts as slow
 * @param sweepEvery how often the store is asked what is due; what Kafka missed waits no longer than this
 * @param commitWithin how long a commit may take before its effect is not begun any more; leases outlive an effect's
 *     time-out by this
 */
public record EngineSettings(
        int inFlight,
        int slow,
        int perTarget,
        int batch,
        Duration slowAfter,
        Duration sweepEvery,
        Duration commitWithin) {}
