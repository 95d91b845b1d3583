package io.gyre.envelope;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a process finds its root keys: one, and for as long as root keys are rotated another one beside it. Which of the
 * two is current the database says. Each has exactly one provider.
 */
public interface RootKeySettings {
    /** The root key itself, 32 bytes in Base64. */
    Optional<String> rootKey();

    /** A file with it, readable by its owner alone. */
    Optional<Path> rootKeyFile();

    /** A file with it as a token or a cloud wraps it. */
    Optional<Path> rootKeyWrappedFile();

    /** The token whose key wraps it. */
    Pkcs11Settings rootKeyPkcs11();

    /** The cloud whose key wraps it. */
    KmsSettings rootKeyKms();

    /** The other root key itself. */
    Optional<String> otherRootKey();

    /** A file with the other one. */
    Optional<Path> otherRootKeyFile();

    /** A file with the other one as a token or a cloud wraps it. */
    Optional<Path> otherRootKeyWrappedFile();

    /** The token whose key wraps the other one. */
    Pkcs11Settings otherRootKeyPkcs11();

    /** The cloud whose key wraps the other one. */
    KmsSettings otherRootKeyKms();

    /**
     * Every root key that is given.
     *
     * @throws EnvelopeException where none is, where one is given twice, or where one cannot be had
     */
    default RootKeys rootKeys() {
        RootKeySource one = new RootKeySource(
                "GYRE_ROOT_KEY", rootKey(), rootKeyFile(), rootKeyWrappedFile(), rootKeyPkcs11(), rootKeyKms());
        RootKeySource other = new RootKeySource(
                "GYRE_OTHER_ROOT_KEY",
                otherRootKey(),
                otherRootKeyFile(),
                otherRootKeyWrappedFile(),
                otherRootKeyPkcs11(),
                otherRootKeyKms());
        RootKey key = one.key().orElseThrow(one::missing);
        return other.key().map(beside -> RootKeys.of(key, beside)).orElseGet(() -> RootKeys.of(key));
    }
}
