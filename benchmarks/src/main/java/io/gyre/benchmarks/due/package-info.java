/**
 * Many secrets due at one instant, with some of their targets hung.
 *
 * <p>In: a number of secrets and of targets. Out: how long after that instant each rotation's first effect began. Never
 * here: anything about what the effects are.
 */
@NullMarked
package io.gyre.benchmarks.due;

import org.jspecify.annotations.NullMarked;
