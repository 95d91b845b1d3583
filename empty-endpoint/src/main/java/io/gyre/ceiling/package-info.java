/**
 * The least that a Quarkus service can do.
 *
 * <p>In: requests. Out: nothing. Never here: anything that would make it slower than it must be.
 */
@NullMarked
package io.gyre.ceiling;

import org.jspecify.annotations.NullMarked;
