/**
 * The credentials that Gyre chooses itself, one generator a kind.
 *
 * <p>In: a recipe, and the randomness that was given from outside. Out: the value in the JSON form in which the secret
 * keeps it. Never here: a target, a clock, and a choice that favours some characters over others.
 */
@NullMarked
package io.gyre.worker.candidate;

import org.jspecify.annotations.NullMarked;
