/**
 * Whole rotations by all of Gyre's processes: the API, Kafka, the workers, a simulated cloud.
 *
 * <p>In: calls of Gyre's API and of the cloud's, signed. Out: what Kafka and the callers saw, and when. Never here: a way
 * into a process that a person or a program would not have.
 */
@NullMarked
package io.gyre.benchmarks.platform;

import org.jspecify.annotations.NullMarked;
