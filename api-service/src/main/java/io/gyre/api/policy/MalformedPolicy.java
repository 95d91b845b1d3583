package io.gyre.api.policy;

/** A text that is no policy. Its message is a clause that says the rule: "its Version must be …". */
public final class MalformedPolicy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedPolicy(String rule) {
        super(rule, null, false, false);
    }

    /** As the end of a sentence that begins with what was malformed. */
    public String rule() {
        return String.valueOf(getMessage());
    }
}
