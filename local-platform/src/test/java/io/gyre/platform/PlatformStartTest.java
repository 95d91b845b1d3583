package io.gyre.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.process.LoopbackPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformStartTest {

    private static final int HIGHEST_OFFSET = 100;

    @TempDir
    private Path folder;

    private final List<String> heard = new ArrayList<>();

    @Test
    void aBusyPortIsNamedBeforeAnythingStarts() throws Exception {
        int base = freeBase();
        try (ServerSocket other = new ServerSocket(base + 92, 1, InetAddress.getLoopbackAddress())) {
            PlatformException refusal = assertThrows(PlatformException.class, () -> start(base));
            assertEquals(
                    "Port " + other.getLocalPort() + ", which is for kafka, is taken by another process: end that"
                            + " process, or choose other ports with --port-base.",
                    refusal.getMessage());
        }
        assertEquals(List.of(), heard);
        assertFalse(Files.exists(home().data("postgres")));
    }

    @Test
    void aSecondPlatformOnOneHomeIsToldWhichProcessHoldsIt() {
        HomeLock first = HomeLock.take(home());
        PlatformException refusal = assertThrows(PlatformException.class, () -> start(freeBase()));
        String holder = "Process " + ProcessHandle.current().pid() + " already runs the platform in " + home().folder();
        assertTrue(refusal.getMessage().startsWith(holder), refusal.getMessage());
        first.close();
        assertTrue(HomeLock.holder(home()).isEmpty());
        HomeLock.take(home()).close();
    }

    @Test
    void aMissingJarIsNamedAndTheHomeIsFreeAgain() {
        PlatformException refusal = assertThrows(PlatformException.class, () -> start(freeBase()));
        assertTrue(refusal.getMessage().startsWith("api-service is not built: "), refusal.getMessage());
        HomeLock.take(home()).close();
    }

    @Test
    void dataWithoutItsRootKeyIsNotGivenAnother() {
        PrivateFile.folder(home().data("postgres"));
        PlatformException refusal = assertThrows(PlatformException.class, () -> start(freeBase()));
        assertTrue(refusal.getMessage().startsWith("The root key "), refusal.getMessage());
        assertFalse(Files.exists(home().rootKeyFile()));
    }

    @Test
    void secretsAreMadeOnceAndReadableByTheirOwnerAlone() throws Exception {
        PlatformSecrets made = PlatformSecrets.in(home());
        assertEquals(made, PlatformSecrets.in(home()));
        try (var files = Files.list(home().secret(""))) {
            for (Path file : files.toList()) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
    }

    private Home home() {
        return new Home(folder.resolve("home").toAbsolutePath());
    }

    private void start(int base) {
        Platform.start(new PlatformPlan(home().folder(), folder, base, 1), new Heard())
                .close();
    }

    /** The start of a hundred ports of which none is in use. */
    private static int freeBase() {
        for (int base = 20_000; base < 60_000; base += HIGHEST_OFFSET) {
            if (new Ports(base, PlatformPlan.DEFAULT_WORKERS)
                    .uses().keySet().stream().allMatch(LoopbackPort::isFree)) {
                return base;
            }
        }
        throw new IllegalStateException("no hundred ports of the loopback address are free");
    }

    private final class Heard implements Progress {
        @Override
        public void starting(String process) {
            heard.add(process);
        }

        @Override
        public void ready(String process, Duration after) {
            heard.add(process);
        }

        @Override
        public void stopping() {}

        @Override
        public void stopped(Duration after) {}
    }
}
