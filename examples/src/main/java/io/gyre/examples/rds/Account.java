package io.gyre.examples.rds;

/**
 * What a program logs in with.
 *
 * @param versionId of the secret's version that it comes from
 */
record Account(String versionId, String name, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return name + " of version " + versionId;
    }
}
