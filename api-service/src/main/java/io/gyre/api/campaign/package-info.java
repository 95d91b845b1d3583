/**
 * What a campaign does next: a pure function of how far it is, what became of its rotations, what its probe answered, and
 * the time.
 *
 * <p>In: counts and a colour. Out: values: waves, decisions, reasons in sentences. Never here: I/O, a framework, a clock, or
 * randomness; a simulation runs what production runs.
 */
@NullMarked
package io.gyre.api.campaign;

import org.jspecify.annotations.NullMarked;
