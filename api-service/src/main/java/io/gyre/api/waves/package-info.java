/**
 * The shell of campaigns: their rows, the scan that carries them on, their probes, and what people order of them. What a
 * campaign does next is decided in {@code io.gyre.api.campaign}.
 *
 * <p>In: orders of operators, and ticks. Out: rotations begun and put back as any other, each in a transaction with the
 * row that says so, and events. Never here: a decision, and a call to an address that a probe may not have.
 */
@NullMarked
package io.gyre.api.waves;

import org.jspecify.annotations.NullMarked;
