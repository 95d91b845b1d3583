package io.gyre.api.console;

/**
 * Something that is typed of a secret that is to be created.
 *
 * @param name of the form's field
 * @param label what stands before it
 * @param hint what stands behind it; empty for nothing
 * @param wireName how the API's refusals call it: a parameter, or a field within one
 */
record NewSecretField(String name, String label, String hint, Entry entry, boolean required, String wireName) {
    /** How it is typed. What is secret is never shown again. */
    enum Entry {
        LINE(false, false),
        LINES(false, true),
        SECRET_LINE(true, false),
        SECRET_LINES(true, true);

        private final boolean secret;
        private final boolean large;

        Entry(boolean secret, boolean large) {
            this.secret = secret;
            this.large = large;
        }
    }

    boolean secret() {
        return entry.secret;
    }

    /** Whether it has several lines. */
    boolean large() {
        return entry.large;
    }
}
