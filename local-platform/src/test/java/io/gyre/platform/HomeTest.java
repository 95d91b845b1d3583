package io.gyre.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void choose() {
        home = new Home(folder.resolve("home"));
    }

    @Test
    void secretsAreNotPrinted() {
        PlatformSecrets made = PlatformSecrets.in(home);

        assertFalse(made.toString().contains(made.postgres().reveal()));
        assertFalse(made.toString().contains(made.cloudKeySecret().reveal()));
    }

    @Test
    void aFileInTheFoldersPlaceIsSaidWithTheRemedy() throws Exception {
        Files.writeString(home.folder(), "a file");

        PlatformException failure = assertThrows(PlatformException.class, () -> HomeLock.take(home));

        assertTrue(failure.getMessage().startsWith("Cannot write " + home.folder()), failure.getMessage());
        assertTrue(failure.getMessage().endsWith("with --home."), failure.getMessage());
    }

    @Test
    void aFullDiskIsSaidWithTheRemedy() {
        PlatformException failure =
                PrivateFile.cannotWrite(folder, new IOException("write failed: No space left on device"));

        assertTrue(failure.getMessage().contains("Free some space there"), failure.getMessage());
    }
}
