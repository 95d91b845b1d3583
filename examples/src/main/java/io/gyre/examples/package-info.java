/**
 * Programs that use a credential all the time while it is rotated every few seconds: {@code rds} queries PostgreSQL, {@code ram} signs
 * calls, {@code ecs} logs in over SSH. Each of those rooms holds what is its own: an {@link io.gyre.examples.Application}, to read
 * first, and the {@link io.gyre.examples.Story} of what an operator makes before. Here is what they share.
 *
 * <p>In: the platform that runs on this machine. Out: a live plot, and at the end how many uses failed: none. Never here: a
 * credential outside of a program's memory, or another way to it than the published client that any program would use.
 */
@NullMarked
package io.gyre.examples;

import org.jspecify.annotations.NullMarked;
