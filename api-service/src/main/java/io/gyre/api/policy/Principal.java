package io.gyre.api.policy;

/**
 * Who asks.
 *
 * @param accountId whose identity it is
 * @param name {@code root}, {@code user/NAME} or {@code assumed-role/ROLE/SESSION}
 */
public record Principal(String accountId, String name) {
    private static final String ROOT = "root";
    private static final String SESSION = "assumed-role/";

    /** The account itself, which may do everything. */
    public boolean isRoot() {
        return name.equals(ROOT);
    }

    /** What policies are attached to: the user, or the role of the session. */
    public String attachedTo() {
        return isSession() ? "role/" + name.substring(SESSION.length(), roleEnd()) : name;
    }

    public String arn() {
        return "acs:ram::" + accountId + ":" + name;
    }

    private boolean isSession() {
        return name.startsWith(SESSION);
    }

    private int roleEnd() {
        int end = name.indexOf('/', SESSION.length());
        return end < 0 ? name.length() : end;
    }
}
