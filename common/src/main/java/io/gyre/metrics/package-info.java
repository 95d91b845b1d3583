/**
 * What Gyre's processes measure of themselves: every meter is declared in {@link io.gyre.metrics.Meter}, and nowhere else.
 *
 * <p>In: what took place, and how long it took. Out: numbers for Prometheus. Never here: a label whose values nobody can count
 * beforehand, such as a name, a key or a path; and whatever costs a call more than a look into a map.
 */
@NullMarked
package io.gyre.metrics;

import org.jspecify.annotations.NullMarked;
