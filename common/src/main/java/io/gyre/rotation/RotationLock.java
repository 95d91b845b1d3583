package io.gyre.rotation;

/** A secret has at most one rotation that has not ended: the index {@code rotation_one_active} sees to it. */
public final class RotationLock {
    /** What whoever comes second is told, word for word as the KMS documentation has it. */
    public static final String REFUSAL = "Your secret is being rotated, please try again later";

    /** The phase in which every rotation begins: committed, and no worker has looked at it yet. */
    public static final String FIRST_PHASE = "REQUESTED";

    private RotationLock() {}
}
