/**
 * Years of a fleet of secrets in virtual time: when rotations begin, what they ask of the clouds, and what campaigns do.
 *
 * <p>In: a fleet, a seed, and what goes wrong each day. Out: what came of it, counted. It runs the pure parts that production
 * runs: the timetable, the machines, the turns at the budgets, the steering of campaigns. Never here: a clock, a thread, or a rule of
 * Gyre's own written once more.
 */
@NullMarked
package io.gyre.fleet;

import org.jspecify.annotations.NullMarked;
