package io.gyre.worker.machine;

/** What helps against a refusal. */
public enum Remedy {
    /** It passes: the target is busy, throttles, or is not reachable. */
    RETRY,
    /** The target does not like the value: another one may do. */
    REPLACE,
    /** Somebody has to change something at the target. */
    ASK_PERSON,
    /** It will not come about, and nobody can mend it soon: what was done so far is taken back. */
    ROLL_BACK
}
