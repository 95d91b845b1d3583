/**
 * What rotations cost that only wait for their time.
 *
 * <p>In: a number of rotations in their overlap. Out: how the worker's heap and its sweep's cost differ with and without
 * them. Never here: rotations that do anything.
 */
@NullMarked
package io.gyre.benchmarks.sleeping;

import org.jspecify.annotations.NullMarked;
