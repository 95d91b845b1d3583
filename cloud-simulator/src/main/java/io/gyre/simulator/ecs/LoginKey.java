package io.gyre.simulator.ecs;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;

/**
 * A public key that opens an account.
 *
 * @param line as OpenSSH writes it, without comment: the form in which keys are compared
 */
record LoginKey(String line) {
    private static final Set<String> TYPES = Set.of("ssh-rsa", "ssh-ed25519");
    private static final int LONGEST = 4096;

    /** Empty where the text is no RSA or Ed25519 key of one line, or has options before it. */
    static Optional<LoginKey> parse(String text) {
        String line = text.strip();
        if (line.length() > LONGEST || line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            return Optional.empty();
        }
        try {
            AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line);
            if (entry == null
                    || !TYPES.contains(entry.getKeyType())
                    || !entry.getLoginOptions().isEmpty()) {
                return Optional.empty();
            }
            PublicKey key = entry.resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            return key == null ? Optional.empty() : Optional.of(of(key));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The parser throws all of these at what is no key.
            return Optional.empty();
        }
    }

    static LoginKey of(PublicKey key) {
        return new LoginKey(PublicKeyEntry.toString(key));
    }

    /** MD5 of the encoded key, in hexadecimal without colons, as ECS shows it. */
    String fingerprint() {
        try {
            PublicKey key = PublicKeyEntry.parsePublicKeyEntry(line).resolvePublicKey(null, null, null);
            return KeyUtils.getFingerPrint(BuiltinDigests.md5, key)
                    .replace("MD5:", "")
                    .replace(":", "");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a key that was parsed before cannot be parsed", e);
        }
    }
}
