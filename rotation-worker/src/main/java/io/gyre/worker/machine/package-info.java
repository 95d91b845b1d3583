/**
 * The state machines, one file a secret type: the whole life of a rotation as a table that a person can read.
 *
 * <p>In: a rotation, what just happened, the time. Out: a {@link io.gyre.worker.machine.Decision}: the next phase, at
 * most one effect on the target, when to wake. Never here: I/O, a clock, randomness, or a plaintext credential that a
 * machine would look into.
 */
@NullMarked
package io.gyre.worker.machine;

import org.jspecify.annotations.NullMarked;
