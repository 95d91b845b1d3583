package io.gyre.envelope;

import java.nio.file.Path;
import java.util.Optional;

/** Where the key is that wraps a root key, in a PKCS#11 token: a hardware module, a smart card, or software that acts as one. */
public interface Pkcs11Settings {
    /** The library of the token's vendor. */
    Optional<Path> library();

    /** The number of the token's slot. */
    Optional<Long> slot();

    /** The label of an AES key in the token, which never leaves it. */
    Optional<String> key();

    /** A file with the user's PIN, readable by its owner alone. */
    Optional<Path> pinFile();
}
