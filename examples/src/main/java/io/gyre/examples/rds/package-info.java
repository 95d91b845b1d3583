/**
 * A program that queries PostgreSQL all the time while the password that it needs is rotated every few seconds.
 *
 * <p>In: the platform that runs on this machine. Out: a live plot, and at the end how many queries failed: none. Never here: a
 * credential outside of the memory of {@link io.gyre.examples.rds.CurrentAccount}, or another way to it than the published
 * client that any program would use.
 */
@NullMarked
package io.gyre.examples.rds;

import org.jspecify.annotations.NullMarked;
