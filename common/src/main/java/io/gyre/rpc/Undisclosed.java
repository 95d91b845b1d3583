package io.gyre.rpc;

/**
 * An unexpected failure as it may be logged: its class, its causes' classes and their stacks, without the messages,
 * since a driver's message may quote a parameter.
 */
public final class Undisclosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A chain of causes is cut here, so that a cycle ends. */
    private static final int DEPTH_LIMIT = 8;

    private Undisclosed(Throwable original, int depth) {
        super(
                original.getClass().getName(),
                original.getCause() == null || depth == DEPTH_LIMIT
                        ? null
                        : new Undisclosed(original.getCause(), depth + 1),
                false,
                true);
        setStackTrace(original.getStackTrace());
    }

    public static Undisclosed of(Throwable original) {
        return new Undisclosed(original, 1);
    }
}
