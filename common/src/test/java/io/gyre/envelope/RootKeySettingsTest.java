package io.gyre.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeySettingsTest {
    private static final Token NO_TOKEN =
            new Token(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Cloud NO_CLOUD = new Cloud(Optional.empty(), Optional.empty());

    private final String one = Base64.getEncoder().encodeToString(SealingKey.random());
    private final String other = Base64.getEncoder().encodeToString(SealingKey.random());

    @TempDir
    private Path folder;

    private record Given(
            Optional<String> rootKey,
            Optional<Path> rootKeyFile,
            Optional<String> otherRootKey,
            Optional<Path> otherRootKeyFile)
            implements RootKeySettings {
        @Override
        public Optional<Path> rootKeyWrappedFile() {
            return Optional.empty();
        }

        @Override
        public Pkcs11Settings rootKeyPkcs11() {
            return NO_TOKEN;
        }

        @Override
        public KmsSettings rootKeyKms() {
            return NO_CLOUD;
        }

        @Override
        public Optional<Path> otherRootKeyWrappedFile() {
            return Optional.empty();
        }

        @Override
        public Pkcs11Settings otherRootKeyPkcs11() {
            return NO_TOKEN;
        }

        @Override
        public KmsSettings otherRootKeyKms() {
            return NO_CLOUD;
        }
    }

    private record Token(Optional<Path> library, Optional<Long> slot, Optional<String> key, Optional<Path> pinFile)
            implements Pkcs11Settings {}

    private record Cloud(Optional<String> uri, Optional<Path> credentialsFile) implements KmsSettings {}

    private Path file(String name, String content, String permissions) throws IOException {
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        return Files.writeString(file, content);
    }

    private static String refusal(RootKeySettings settings) {
        return assertThrows(EnvelopeException.class, settings::rootKeys).getMessage();
    }

    @Test
    void aFileOrTheEnvironmentGivesTheKeyAndAnotherBesideIt() throws Exception {
        Path oneFile = file("one", one + "\n", "rw-------");
        assertEquals(
                List.of(RootKey.ofBase64(one).id(), RootKey.ofBase64(other).id()),
                new Given(Optional.empty(), Optional.of(oneFile), Optional.of(other), Optional.empty())
                        .rootKeys()
                        .ids());
        assertEquals(
                List.of(RootKey.ofBase64(other).id()),
                new Given(Optional.of(other), Optional.empty(), Optional.empty(), Optional.empty())
                        .rootKeys()
                        .ids());
    }

    @Test
    void thereIsNoDefault() {
        String refusal = refusal(new Given(Optional.empty(), Optional.empty(), Optional.of(other), Optional.empty()));
        assertTrue(refusal.contains("No root key is given, and there is no default"), refusal);
        assertTrue(refusal.contains("GYRE_ROOT_KEY_FILE"), refusal);
    }

    @Test
    void twoThatClaimToBeTheSameKeyAreRefused() throws Exception {
        Path file = file("one", one, "rw-------");
        assertTrue(refusal(new Given(Optional.of(one), Optional.of(file), Optional.empty(), Optional.empty()))
                .startsWith("GYRE_ROOT_KEY and GYRE_ROOT_KEY_FILE each give a root key"));
        assertTrue(refusal(new Given(Optional.of(one), Optional.empty(), Optional.of(other), Optional.of(file)))
                .startsWith("GYRE_OTHER_ROOT_KEY and GYRE_OTHER_ROOT_KEY_FILE each"));
        assertTrue(refusal(new Given(Optional.of(one), Optional.empty(), Optional.empty(), Optional.of(file)))
                .contains("is given twice"));
    }

    private String refusal(Optional<String> base64, Optional<Path> wrapped, Token token, Cloud cloud) {
        RootKeySource source = new RootKeySource("GYRE_ROOT_KEY", base64, Optional.empty(), wrapped, token, cloud);
        return assertThrows(EnvelopeException.class, source::key).getMessage();
    }

    @Test
    void aKeyThatIsWrappedNeedsEveryPartAndOneWrapping() {
        Optional<Path> wrapped = Optional.of(folder.resolve("wrapped"));
        Token slotAlone = new Token(Optional.empty(), Optional.of(1L), Optional.empty(), Optional.empty());
        Cloud cloud = new Cloud(Optional.of("nowhere-kms://key"), Optional.empty());
        assertTrue(refusal(Optional.empty(), wrapped, slotAlone, NO_CLOUD)
                .startsWith("GYRE_ROOT_KEY_PKCS11_LIBRARY is missing"));
        assertTrue(refusal(Optional.empty(), wrapped, slotAlone, cloud)
                .startsWith("GYRE_ROOT_KEY_PKCS11_… and GYRE_ROOT_KEY_KMS_URI each give a root key"));
        assertTrue(refusal(Optional.of(one), Optional.empty(), NO_TOKEN, cloud)
                .startsWith("GYRE_ROOT_KEY and GYRE_ROOT_KEY_KMS_URI each give a root key"));
        assertTrue(refusal(Optional.empty(), wrapped, NO_TOKEN, NO_CLOUD).contains("nothing tells by which key"));
        assertTrue(refusal(Optional.empty(), Optional.empty(), NO_TOKEN, cloud)
                .startsWith("GYRE_ROOT_KEY_WRAPPED_FILE is missing"));
        assertTrue(refusal(Optional.empty(), wrapped, NO_TOKEN, cloud)
                .startsWith("No client for the key \"nowhere-kms://key\" is part of this build"));
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingRepeated() throws Exception {
        String refusal =
                refusal(new Given(Optional.of("c2hvcnQ="), Optional.empty(), Optional.empty(), Optional.empty()));
        assertTrue(refusal.contains("has 5 bytes instead of 32"), refusal);
        assertFalse(refusal.contains("c2hvcnQ"), refusal);
        Path open = file("open", one, "rw-r-----");
        assertTrue(refusal(new Given(Optional.empty(), Optional.of(open), Optional.empty(), Optional.empty()))
                .contains("run chmod 600 on it"));
        Path absent = folder.resolve("absent");
        assertTrue(refusal(new Given(Optional.empty(), Optional.of(absent), Optional.empty(), Optional.empty()))
                .contains(absent + " cannot be read"));
    }
}
