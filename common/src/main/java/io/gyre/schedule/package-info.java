/**
 * When rotations begin by a policy: how they are spread, within which windows, and how what was missed is made up for.
 *
 * <p>In: dates, intervals and a moment, as values. Out: moments. Never here: a clock, a random number, a row, or what a rotation does.
 * The same values always give the same moments, in whichever process.
 */
@NullMarked
package io.gyre.schedule;

import org.jspecify.annotations.NullMarked;
