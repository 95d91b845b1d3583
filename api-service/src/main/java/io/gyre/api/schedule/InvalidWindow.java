package io.gyre.api.schedule;

/** A rotation window that cannot be; says which of its parts, with which value, and what to give instead. */
public final class InvalidWindow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String part;
    private final String given;

    InvalidWindow(String part, String given, String rule) {
        super(rule);
        this.part = part;
        this.given = given;
    }

    /** {@code cron}, {@code zone} or {@code seconds}. */
    public String part() {
        return part;
    }

    public String given() {
        return given;
    }

    /** What to give instead, as the end of a sentence. */
    public String rule() {
        return String.valueOf(getMessage());
    }
}
