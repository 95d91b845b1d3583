package io.gyre.api.testing;

import io.gyre.api.access.Installation;
import io.gyre.envelope.KmsSettings;
import io.gyre.envelope.Pkcs11Settings;
import java.nio.file.Path;
import java.util.Optional;

/** An installation like another one, but for its account. */
public record OtherInstallation(Installation like, String account, Optional<Path> administratorKeyFile)
        implements Installation {
    @Override
    public String region() {
        return like.region();
    }

    @Override
    public Optional<String> rootKey() {
        return like.rootKey();
    }

    @Override
    public Optional<Path> rootKeyFile() {
        return like.rootKeyFile();
    }

    @Override
    public Optional<Path> rootKeyWrappedFile() {
        return like.rootKeyWrappedFile();
    }

    @Override
    public Pkcs11Settings rootKeyPkcs11() {
        return like.rootKeyPkcs11();
    }

    @Override
    public KmsSettings rootKeyKms() {
        return like.rootKeyKms();
    }

    @Override
    public Optional<String> otherRootKey() {
        return like.otherRootKey();
    }

    @Override
    public Optional<Path> otherRootKeyFile() {
        return like.otherRootKeyFile();
    }

    @Override
    public Optional<Path> otherRootKeyWrappedFile() {
        return like.otherRootKeyWrappedFile();
    }

    @Override
    public Pkcs11Settings otherRootKeyPkcs11() {
        return like.otherRootKeyPkcs11();
    }

    @Override
    public KmsSettings otherRootKeyKms() {
        return like.otherRootKeyKms();
    }
}
