package io.gyre.envelope;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of one root key.
 *
 * @param setting what the settings begin with
 * @param wrapped the file with the root key as a token or a cloud wraps it
 */
record RootKeySource(
        String setting,
        Optional<String> base64,
        Optional<Path> file,
        Optional<Path> wrapped,
        Pkcs11Settings pkcs11,
        KmsSettings kms) {
    /**
     * The key; empty where no setting names one.
     *
     * @throws EnvelopeException where more than one does, or it cannot be had
     */
    Optional<RootKey> key() {
        boolean inToken = Stream.of(pkcs11.library(), pkcs11.slot(), pkcs11.key(), pkcs11.pinFile())
                .anyMatch(Optional::isPresent);
        List<String> providers = providers(inToken);
        if (providers.size() > 1) {
            throw new EnvelopeException(String.join(" and ", providers)
                    + " each give a root key: leave one alone, so that it is clear which counts.");
        }
        if (inToken) {
            return Optional.of(unwrappedByToken());
        }
        if (kms.uri().isPresent()) {
            return Optional.of(
                    WrappedRootKey.inFile(wrappedFile(), CloudKey.of(kms.uri().get(), kms.credentialsFile())));
        }
        if (wrapped.isPresent()) {
            throw new EnvelopeException(
                    setting + "_WRAPPED_FILE gives a wrapped root key, and nothing tells by which key: give " + setting
                            + "_PKCS11_… or " + setting + "_KMS_URI.");
        }
        return base64.map(RootKey::ofBase64).or(() -> file.map(RootKey::inFile));
    }

    private List<String> providers(boolean inToken) {
        List<String> providers = new ArrayList<>();
        base64.ifPresent(given -> providers.add(setting));
        file.ifPresent(given -> providers.add(setting + "_FILE"));
        if (inToken) {
            providers.add(setting + "_PKCS11_…");
        }
        kms.uri().ifPresent(given -> providers.add(setting + "_KMS_URI"));
        return providers;
    }

    private RootKey unwrappedByToken() {
        Path library = needed(pkcs11.library(), "_PKCS11_LIBRARY");
        long slot = needed(pkcs11.slot(), "_PKCS11_SLOT");
        String label = needed(pkcs11.key(), "_PKCS11_KEY");
        Path pin = needed(pkcs11.pinFile(), "_PKCS11_PIN_FILE");
        Path file = wrappedFile();
        try (TokenKey key = TokenKey.of(library, slot, label, pin)) {
            return WrappedRootKey.inFile(file, key);
        }
    }

    private Path wrappedFile() {
        return needed(wrapped, "_WRAPPED_FILE");
    }

    private <T> T needed(Optional<T> value, String name) {
        return value.orElseThrow(() -> new EnvelopeException(
                setting + name + " is missing: the root key is given in parts, which docs/root-keys.md lists."));
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
