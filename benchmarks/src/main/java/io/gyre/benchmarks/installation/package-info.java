/**
 * Gyre's tables with many secrets in them, and the worker's engine on top, in this JVM.
 *
 * <p>In: an empty database. Out: rotations that the real engine runs, and what became of them. The engine, its store and its
 * limits are those of the worker's process; only what puts them together is here. Never here: a table, a statement or a
 * setting that production does not have.
 */
@NullMarked
package io.gyre.benchmarks.installation;

import org.jspecify.annotations.NullMarked;
