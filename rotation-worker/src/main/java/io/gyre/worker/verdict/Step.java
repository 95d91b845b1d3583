package io.gyre.worker.verdict;

import io.gyre.worker.machine.Effect;

/** What comes after the looks so far: one more, or a verdict. */
public sealed interface Step permits Step.Look, Verdict {
    /** @param effect one that changes nothing at the target */
    record Look(Effect effect) implements Step {}
}
