package io.gyre.worker.simulation;

/** Every plaintext of the simulation begins with the same word, so that it is easily found where it must not be. */
final class Hidden {
    static final String MARK = "plaintext";

    /** A password that contains this is one that its target refuses. */
    static final String WEAK = "weak";

    private Hidden() {}
}
