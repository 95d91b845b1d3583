/**
 * What the calendar brings by itself: rotations of secrets and keys that a policy asks for, deletions whose window has
 * passed, and the waves of campaigns.
 *
 * <p>In: ticks, of each process where rotations are begun, and of Quartz for all else, one in the installation at a time; and the
 * windows and pauses that operators set. Out: rotations, begun as any other, key versions, and rows
 * deleted. Never here: the correctness of any, which locks and the unique index see to, so that a tick that comes twice changes
 * nothing; and when a rotation is to begin, which {@code io.gyre.schedule} decides.
 */
@NullMarked
package io.gyre.api.schedule;

import org.jspecify.annotations.NullMarked;
