package io.gyre.simulator.rds;

import org.jspecify.annotations.Nullable;

/**
 * One thing that RDS was asked to do and does a while later.
 *
 * @param account null for a change of the instance
 * @param verifier of the new password, where there is one
 * @param database and what to grant there, where it is about a privilege
 */
record RdsChange(
        Kind kind,
        String instance,
        @Nullable String account,
        @Nullable String verifier,
        @Nullable String database,
        @Nullable String privilege) {

    enum Kind {
        CREATE_INSTANCE,
        DELETE_INSTANCE,
        CREATE_ACCOUNT,
        RESET_PASSWORD,
        GRANT_PRIVILEGE,
        DELETE_ACCOUNT
    }

    static RdsChange of(Kind kind, String instance) {
        return new RdsChange(kind, instance, null, null, null, null);
    }

    static RdsChange of(Kind kind, String instance, String account, @Nullable String verifier) {
        return new RdsChange(kind, instance, account, verifier, null, null);
    }

    @Override
    public String toString() {
        return kind + " " + instance + (account == null ? "" : "/" + account);
    }
}
