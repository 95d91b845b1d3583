package io.gyre.api.calendar;

import java.time.Instant;

/**
 * One instant on both clocks, as PostgreSQL tells them.
 *
 * @param calendar what intervals, overlaps and recovery windows count on
 * @param wall the wall clock
 */
public record Moment(Instant calendar, Instant wall) {}
