/**
 * How fast secrets are read, beside an endpoint that does nothing.
 *
 * <p>In: a local platform and the empty endpoint, both started for it. Out: requests a second and latencies. Never here:
 * a measurement whose answers were not looked at.
 */
@NullMarked
package io.gyre.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
