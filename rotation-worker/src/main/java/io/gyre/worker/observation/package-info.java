/**
 * What others see of a worker at work: numbers for Prometheus.
 *
 * <p>In: what the engine and the calls of the clouds let an onlooker see. Out: measurements, each under a name of
 * {@link io.gyre.metrics.Meter}. Never here: a decision, a value, or a name of a secret, an account or an instance.
 */
@NullMarked
package io.gyre.worker.observation;

import org.jspecify.annotations.NullMarked;
