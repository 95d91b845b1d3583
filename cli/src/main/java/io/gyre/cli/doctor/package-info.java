/**
 * What {@code gyre doctor} looks at, one subject a class.
 *
 * <p>In: an installation's operations API, its Kafka, its processes. Out: findings, each with a remedy where something is
 * wrong. Never here: a change of anything, or a check that ends the others by failing.
 */
@NullMarked
package io.gyre.cli.doctor;

import org.jspecify.annotations.NullMarked;
