/**
 * What the installation looks like as a whole, in numbers for Prometheus.
 *
 * <p>In: a tick. Out: the gauges of {@link io.gyre.metrics.Meter} that one statement answers, whatever Prometheus asks. Never here:
 * a statement that costs more as there is more history, or one that somebody who scrapes can cause.
 */
@NullMarked
package io.gyre.api.observation;

import org.jspecify.annotations.NullMarked;
