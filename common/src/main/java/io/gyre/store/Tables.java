package io.gyre.store;

/** Which tables this version of Gyre makes; afterMigrate__grants.sql says on which newer ones it works. */
public final class Tables {
    /** The number of its last migration. */
    public static final int NEWEST_MIGRATION = 33;

    private Tables() {}
}
