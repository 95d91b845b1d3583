package io.gyre.api.wire;

/**
 * The caller may not do this. Each action says so in words of its own, before the sentence that this carries: what is
 * missing.
 */
public final class NotPermitted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param missing one sentence */
    public NotPermitted(String missing) {
        super(missing, null, false, false);
    }

    public String missing() {
        return String.valueOf(getMessage());
    }
}
