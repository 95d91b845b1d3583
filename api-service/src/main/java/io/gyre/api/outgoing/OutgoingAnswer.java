package io.gyre.api.outgoing;

import org.jspecify.annotations.Nullable;

/** What came of a call. */
public sealed interface OutgoingAnswer {
    /** @param retryAfter the header of that name as it was sent; null where there was none */
    record Answered(int status, @Nullable String retryAfter) implements OutgoingAnswer {
        private static final int OK = 200;
        private static final int REDIRECTS = 300;

        public boolean isWell() {
            return status >= OK && status < REDIRECTS;
        }
    }

    /** @param why the end of a sentence that begins with whatever was called */
    record Unanswered(String why) implements OutgoingAnswer {}
}
