package io.gyre.start;

/** Why this process must not start, in one sentence that tells what to do. */
public final class StartRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartRefusal(String sentence) {
        super(sentence);
    }

    public StartRefusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
