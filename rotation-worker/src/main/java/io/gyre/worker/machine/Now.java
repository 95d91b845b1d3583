package io.gyre.worker.machine;

import java.time.Instant;

/**
 * The moment of a decision, on PostgreSQL's clock.
 *
 * @param operational the wall's time
 * @param calendar the calendar's time
 * @param jitter a random number from 0 to 1: the only randomness that a decision has
 */
public record Now(Instant operational, Instant calendar, double jitter) {}
