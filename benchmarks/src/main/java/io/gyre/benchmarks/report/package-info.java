/**
 * What was measured, as people read it: Markdown tables and SVG plots.
 *
 * <p>In: figures. Out: files below {@code docs/benchmarks/}. Never here: a measurement.
 */
@NullMarked
package io.gyre.benchmarks.report;

import org.jspecify.annotations.NullMarked;
