/**
 * The calendar: the clock that overlaps, rotation intervals and recovery windows count on. It may run faster than the
 * wall on one machine, for demonstrations, and is the wall clock everywhere else.
 *
 * <p>In: the one row in PostgreSQL. Out: an instant. Never here: leases, time-outs, retries and signatures, which keep
 * the pace of the wall; and never a comparison of two hosts' clocks.
 */
@NullMarked
package io.gyre.time;

import org.jspecify.annotations.NullMarked;
