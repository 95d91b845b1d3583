package io.gyre.worker.machine;

/**
 * A credential that Gyre made at the target and that no program is given: what becomes known of it.
 *
 * @param credentialName what it is called there
 * @param removed whether it is gone; otherwise it was just found, or left
 */
public record Orphan(String credentialName, boolean removed) {
    static Orphan left(String credentialName) {
        return new Orphan(credentialName, false);
    }

    static Orphan gone(String credentialName) {
        return new Orphan(credentialName, true);
    }
}
