/**
 * What the calendar brings by itself: rotations of secrets and keys that a policy asks for, and deletions whose window
 * has passed.
 *
 * <p>In: ticks of Quartz, one in the installation at a time. Out: rotations, begun as any other, key versions, and rows
 * deleted. Never here: the correctness of any, which locks and the unique index see to; a tick that comes twice changes
 * nothing.
 */
@NullMarked
package io.gyre.api.schedule;

import org.jspecify.annotations.NullMarked;
