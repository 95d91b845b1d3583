package io.gyre.api.audit;

import org.jspecify.annotations.Nullable;

/** A line is not in the log, or nobody knows whether it is. */
final class AuditUnwritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause null where it was not tried */
    AuditUnwritten(@Nullable Throwable cause) {
        super("The audit log cannot be written", cause, false, false);
    }
}
