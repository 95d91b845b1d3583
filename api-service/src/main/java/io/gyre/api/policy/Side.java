package io.gyre.api.policy;

/** Whose policies speak. */
public enum Side {
    /** Those that are attached to the user or role, or are an access point's own. */
    IDENTITY,

    /** What a session was limited to. */
    SESSION,

    /** That of the secret or key. */
    RESOURCE
}
