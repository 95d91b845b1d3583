package io.gyre.worker.machine;

/** What kind of credential is to be made where Gyre, not the target, chooses the value. */
public sealed interface Recipe {
    /** What the credential will be called at the target. */
    String credentialName();

    /** A password for an RDS account: 32 characters of all four classes that RDS knows. */
    record RdsPassword(String account) implements Recipe {
        @Override
        public String credentialName() {
            return account;
        }
    }

    /** A password for a login of an ECS instance: 32 characters of all classes. */
    record EcsPassword(String user) implements Recipe {
        @Override
        public String credentialName() {
            return user;
        }
    }

    /** A key pair for SSH: RSA-2048, or Ed25519 where {@code ed25519} is set. */
    record EcsKeyPair(String user, boolean ed25519) implements Recipe {
        @Override
        public String credentialName() {
            return user;
        }
    }
}
