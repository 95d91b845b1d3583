/**
 * Durable four-step rotations per second: Gyre beside the libraries for durable work on PostgreSQL.
 *
 * <p>In: an empty database for each contender and round. Out: sagas per second. Each contender runs the same four steps and
 * says what of a step it keeps, and its settings. Never here: a peer with a setting
 * that slows it down.
 */
@NullMarked
package io.gyre.benchmarks.durable;

import org.jspecify.annotations.NullMarked;
