package io.gyre.envelope;

import org.jspecify.annotations.Nullable;

/** What cannot be sealed or opened, in a sentence that holds no key and no plaintext. */
public final class EnvelopeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EnvelopeException(String sentence) {
        super(sentence);
    }

    public EnvelopeException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
