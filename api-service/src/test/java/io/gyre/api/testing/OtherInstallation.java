package io.gyre.api.testing;

import io.gyre.api.access.Installation;
import java.nio.file.Path;
import java.util.Optional;

/** An installation like the one under test, but for what is said otherwise. */
public record OtherInstallation(
        String region,
        String account,
        Optional<String> rootKey,
        Optional<Path> rootKeyFile,
        Optional<String> otherRootKey,
        Optional<Path> otherRootKeyFile,
        Optional<Path> administratorKeyFile)
        implements Installation {
    public static OtherInstallation of(Installation installation) {
        return new OtherInstallation(
                installation.region(),
                installation.account(),
                installation.rootKey(),
                installation.rootKeyFile(),
                installation.otherRootKey(),
                installation.otherRootKeyFile(),
                installation.administratorKeyFile());
    }

    public OtherInstallation ofAccount(String other, Optional<Path> keyFile) {
        return new OtherInstallation(region, other, rootKey, rootKeyFile, otherRootKey, otherRootKeyFile, keyFile);
    }
}
