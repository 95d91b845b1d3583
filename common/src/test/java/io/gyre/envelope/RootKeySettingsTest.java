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
    private final String one = Base64.getEncoder().encodeToString(SealingKey.random());
    private final String other = Base64.getEncoder().encodeToString(SealingKey.random());

    @TempDir
    private Path folder;

    private record Given(
            Optional<String> rootKey,
            Optional<Path> rootKeyFile,
            Optional<String> otherRootKey,
            Optional<Path> otherRootKeyFile)
            implements RootKeySettings {}

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
                .startsWith("GYRE_ROOT_KEY and GYRE_ROOT_KEY_FILE both give a root key"));
        assertTrue(refusal(new Given(Optional.of(one), Optional.empty(), Optional.of(other), Optional.of(file)))
                .startsWith("GYRE_OTHER_ROOT_KEY and GYRE_OTHER_ROOT_KEY_FILE both"));
        assertTrue(refusal(new Given(Optional.of(one), Optional.empty(), Optional.empty(), Optional.of(file)))
                .contains("is given twice"));
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
