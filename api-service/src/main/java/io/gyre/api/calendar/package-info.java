/**
 * The installation's calendar: its speed, set once at start, and what it shows now.
 *
 * <p>In: the one row in PostgreSQL, and the configured speed. Out: a {@link io.gyre.api.calendar.Moment}, read inside
 * the transaction that writes it. Never here: a host's own clock.
 */
@NullMarked
package io.gyre.api.calendar;

import org.jspecify.annotations.NullMarked;
