/**
 * The dates that the simulated cloud writes: those of Gyre's calendar where it follows one, else of the wall.
 *
 * <p>In: the calendar's row in Gyre's database. Out: an instant. Never here: delays and signatures, which keep the
 * pace of the wall.
 */
@NullMarked
package io.gyre.simulator.time;

import org.jspecify.annotations.NullMarked;
