package io.gyre.rpc;

import java.util.Map;

/**
 * A refusal that the caller is told: HTTP status, code, message and, where an error has more to say, further fields.
 * It carries no stack trace: a refusal is an answer, not an accident.
 */
public final class RpcFault extends RpcFailure {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> details;

    public RpcFault(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    public RpcFault(int status, String code, String message, Map<String, String> details) {
        super(message, null);
        this.status = status;
        this.code = code;
        this.details = Map.copyOf(details);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** What the caller reads; never null. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Further fields of the error body, by name. */
    public Map<String, String> details() {
        return details;
    }
}
