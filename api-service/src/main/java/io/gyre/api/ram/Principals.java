package io.gyre.api.ram;

import java.util.Optional;

/**
 * How an AccessKey and an attachment name an identity of the account: {@code root}, {@code user/NAME}, {@code role/NAME};
 * a role's session is {@code assumed-role/ROLE/SESSION}.
 */
public final class Principals {
    /** The account itself. */
    public static final String ROOT = "root";

    private static final String USER = "user/";
    private static final String ROLE = "role/";
    private static final String SESSION = "assumed-role/";

    private Principals() {}

    public static boolean isRoot(String principal) {
        return principal.equals(ROOT);
    }

    public static String user(String userName) {
        return USER + userName;
    }

    public static String role(String roleName) {
        return ROLE + roleName;
    }

    /** @param sessionName holds no slash */
    public static String session(String roleName, String sessionName) {
        return SESSION + roleName + "/" + sessionName;
    }

    /** Empty where it is no user. */
    public static Optional<String> userName(String principal) {
        return after(USER, principal);
    }

    /** Of the role itself; empty where it is none. */
    public static Optional<String> roleName(String principal) {
        return after(ROLE, principal);
    }

    /** The role whose session it is; empty where it is none. */
    public static Optional<String> roleOfSession(String principal) {
        return after(SESSION, principal).map(rest -> rest.substring(0, rest.indexOf('/')));
    }

    /**
     * How the caller named its session.
     *
     * @param principal of a role's session
     */
    public static String sessionName(String principal) {
        return principal.substring(principal.lastIndexOf('/') + 1);
    }

    private static Optional<String> after(String prefix, String principal) {
        return principal.startsWith(prefix) ? Optional.of(principal.substring(prefix.length())) : Optional.empty();
    }
}
