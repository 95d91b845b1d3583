package io.gyre.worker.machine;

/** What kind of credential is to be made where Gyre, not the target, chooses the value. */
public sealed interface Recipe {
    /** What the credential will be called at the target. */
    String credentialName();

    /**
     * A password: 32 characters, of upper case, lower case and digits, and of these.
     *
     * @param nameField the field of the secret's value that holds the name
     * @param passwordField the field that holds the password
     * @param specials the special characters that the target takes, each once; one of them at least is in the password
     */
    record Password(String nameField, String credentialName, String passwordField, String specials) implements Recipe {}

    /** A key pair for SSH: RSA-2048, or Ed25519 where {@code ed25519} is set. */
    record EcsKeyPair(String user, boolean ed25519) implements Recipe {
        @Override
        public String credentialName() {
            return user;
        }
    }
}
