/**
 * Tries credentials that somebody typed in for a secret that does not exist yet, at the target that checks them.
 *
 * <p>In: rows of {@code credential_offer}, each with its values sealed. Out: what was seen, in the same row, and the values are gone
 * from it. Never here: a change of a target, a secret, or what the looks mean ({@code io.gyre.worker.verdict} says that).
 */
@NullMarked
package io.gyre.worker.offer;

import org.jspecify.annotations.NullMarked;
