/**
 * What may be set, and nothing else.
 *
 * <p>In: properties and environment. Out: typed values. Never here: a default for a secret.
 */
@NullMarked
package io.gyre.simulator.config;

import org.jspecify.annotations.NullMarked;
