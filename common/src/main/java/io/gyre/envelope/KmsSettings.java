package io.gyre.envelope;

import java.nio.file.Path;
import java.util.Optional;

/** Where the key is that wraps a root key, at a cloud's key management service for which Tink has a client. */
public interface KmsSettings {
    /** The key, as Tink names it: {@code aws-kms://arn:aws:kms:…} or {@code gcp-kms://projects/…}. */
    Optional<String> uri();

    /** The credentials as that client takes them from a file; its own default without. */
    Optional<Path> credentialsFile();
}
