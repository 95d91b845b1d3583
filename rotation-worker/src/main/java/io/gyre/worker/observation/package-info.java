/**
 * What others see of a worker at work: numbers for Prometheus, and the spans of a rotation's trace.
 *
 * <p>In: what the engine and the calls of the clouds let an onlooker see. Out: measurements, each under a name of
 * {@link io.gyre.metrics.Meter}, and spans with the attributes of {@link io.gyre.trace.GyreAttributes}. Never here: a decision,
 * a value, or, in a measurement, a name of a secret, an account or an instance.
 */
@NullMarked
package io.gyre.worker.observation;

import org.jspecify.annotations.NullMarked;
