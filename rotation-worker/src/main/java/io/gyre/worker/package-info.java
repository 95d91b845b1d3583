/**
 * The rotation worker: what it can rotate stands in one list.
 *
 * <p>In: the configuration. Out: the {@link io.gyre.worker.engine.RotationType}s for the engine. Never here: anything
 * that one type of secret alone needs.
 */
@NullMarked
package io.gyre.worker;

import org.jspecify.annotations.NullMarked;
