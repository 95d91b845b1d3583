/**
 * What a schedule costs whose secrets are many and of which few are due, beside schedulers that keep a trigger for each.
 *
 * <p>In: a number of schedules, and how many of them come due at one instant. Out: how late each began, and what that took
 * of the machine. Never here: a contender on another server than the others'.
 */
@NullMarked
package io.gyre.benchmarks.schedules;

import org.jspecify.annotations.NullMarked;
