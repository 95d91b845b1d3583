/**
 * The shell around the machines: claim, decide, commit the intent, perform the effect, commit the outcome.
 *
 * <p>In: wake-ups from Kafka, and what the sweep finds due. Out: committed transitions. It is given its executor, clocks,
 * randomness and ports from outside. Never here: the knowledge of any secret type, and a record held through a slow step.
 */
@NullMarked
package io.gyre.worker.engine;

import org.jspecify.annotations.NullMarked;
