package io.gyre.api.policy;

/** What policies say together. */
public enum Verdict {
    /** A statement allows it, none denies it. */
    ALLOWED,

    /** No statement is about it. */
    NOT_ALLOWED,

    /** A statement denies it, whatever others allow. */
    DENIED
}
