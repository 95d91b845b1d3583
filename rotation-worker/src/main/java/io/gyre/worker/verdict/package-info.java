/**
 * What looks at a secret's credentials mean, one file a secret type: which look comes next, and what to say of what was seen.
 *
 * <p>In: a secret's place and names, the outcomes of the looks so far. Out: another look, or a
 * {@link io.gyre.worker.verdict.Verdict}, and what becomes of the finding that stood before. Never here: I/O, a clock,
 * randomness, an effect that changes a target. What the same looks mean for credentials that are only offered stands in {@code RamOffer},
 * {@code RdsOffer} and {@code EcsOffer}.
 */
@NullMarked
package io.gyre.worker.verdict;

import org.jspecify.annotations.NullMarked;
