/**
 * The real engine and the real machines on one thread in virtual time, between ports that lose, repeat, delay and lie.
 *
 * <p>In: a seed. Out: what happened, or the first invariant that did not hold. Never here: a wall clock, a thread, an
 * order that depends on anything but the seed.
 */
@NullMarked
package io.gyre.worker.simulation;

import org.jspecify.annotations.NullMarked;
