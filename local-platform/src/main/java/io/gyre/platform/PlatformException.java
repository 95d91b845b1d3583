package io.gyre.platform;

import org.jspecify.annotations.Nullable;

/**
 * Something the person who runs the local platform has to know or do, said in one sentence: what happened, with which
 * value, and the remedy. Whoever shows it prints {@link #getMessage()} and nothing else.
 */
public class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param sentence the whole of what the person reads; never contains a secret */
    public PlatformException(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence the whole of what the person reads; never contains a secret
     * @param cause what was met, for a developer who asks for it
     */
    public PlatformException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
