/**
 * Measurements of Gyre, beside its peers on the same machine: {@code ./gyre bench}.
 *
 * <p>In: the names of benchmarks. Out: a Markdown table and plots below {@code docs/benchmarks/}. Each benchmark measures the
 * code that production runs, on a server whose durability it has asked for. Never here: a figure that was not measured in
 * this run, and a timing that a build depends on.
 */
@NullMarked
package io.gyre.benchmarks;

import org.jspecify.annotations.NullMarked;
