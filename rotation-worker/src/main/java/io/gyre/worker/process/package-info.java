/**
 * The worker as a process: its configuration, its start and end, its health, and the records that wake it.
 *
 * <p>In: configuration, Kafka's request topics. Out: a running {@link io.gyre.worker.engine.Engine}. Never here: a
 * decision about a rotation.
 */
@NullMarked
package io.gyre.worker.process;

import org.jspecify.annotations.NullMarked;
