package io.gyre.envelope;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of one root key.
 *
 * @param setting what the settings begin with
 */
record RootKeySource(String setting, Optional<String> base64, Optional<Path> file) {
    /**
     * The key; empty where no setting names one.
     *
     * @throws EnvelopeException where more than one does, or it cannot be had
     */
    Optional<RootKey> key() {
        if (base64.isPresent() && file.isPresent()) {
            throw new EnvelopeException(setting + " and " + setting
                    + "_FILE both give a root key: leave one of them out, so that it is clear which counts.");
        }
        return base64.map(RootKey::ofBase64).or(() -> file.map(RootKey::inFile));
    }

    EnvelopeException missing() {
        return new EnvelopeException("No root key is given, and there is no default: name a file with " + setting
                + "_FILE that holds 32 bytes in Base64, made with: openssl rand -base64 32");
    }

    @Override
    public String toString() {
        return setting;
    }
}
