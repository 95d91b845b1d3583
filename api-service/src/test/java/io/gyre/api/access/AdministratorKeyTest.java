package io.gyre.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.rootkey.CurrentRootKey;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.OtherInstallation;
import io.gyre.api.testing.Rows;
import io.gyre.envelope.Envelope;
import io.gyre.start.StartRefusal;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class AdministratorKeyTest {
    @Inject
    Vertx vertx;

    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    InstallationCalendar calendar;

    @Inject
    CurrentRootKey rootKey;

    @Inject
    Envelope envelope;

    @Inject
    Installation installation;

    @Inject
    Clients clients;

    @Inject
    Rows rows;

    @TempDir
    Path folder;

    @Test
    void theFirstStartWroteAKeyThatItsOwnerAloneCanRead() throws Exception {
        Path file = installation.administratorKeyFile().orElseThrow();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(
                Files.readString(file).matches("AccessKeyId=LTAI[0-9A-Za-z]{20}\nAccessKeySecret=[0-9A-Za-z]{30}\n"),
                "the file's form");
        assertEquals(
                clients.administratorKey().getProperty("AccessKeyId"),
                rows.text("SELECT access_key_id FROM access_key WHERE account_id = '1000000000000001'"
                        + " AND principal = 'root'"));
    }

    @Test
    void aLaterStartMakesNoOther() throws Throwable {
        Path file = folder.resolve("key");
        start("2000000000000001", Optional.of(file));
        String first = Files.readString(file);
        start("2000000000000001", Optional.of(file));
        start("2000000000000001", Optional.empty());
        assertEquals(first, Files.readString(file));
        assertEquals(1, keys("2000000000000001"));
    }

    @Test
    void whereTheFileCannotBeWrittenNoKeyIsMade() {
        Path nowhere = folder.resolve("absent").resolve("key");
        StartRefusal refusal = assertThrows(StartRefusal.class, () -> start("2000000000000002", Optional.of(nowhere)));
        assertTrue(
                refusal.getMessage().startsWith("The administrator's AccessKey cannot be written to " + nowhere),
                refusal.getMessage());
        assertThrows(StartRefusal.class, () -> start("2000000000000002", Optional.empty()));
        assertEquals(0, keys("2000000000000002"));
    }

    @Test
    void aFileThatIsThereIsReplacedWholeAndNothingElseIsLeft() throws Throwable {
        Path file = Files.writeString(folder.resolve("key"), "something else");
        start("2000000000000003", Optional.of(file));
        assertFalse(Files.readString(file).contains("something else"));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    private void start(String account, Optional<Path> file) throws Throwable {
        AdministratorKey key = new AdministratorKey(
                vertx, sessions, calendar, rootKey, envelope, new OtherInstallation(installation, account, file));
        VertxContextSupport.subscribeAndAwait(key::makeOnFirstStart);
    }

    private long keys(String account) {
        return rows.count("SELECT count(*) FROM access_key WHERE account_id = ?", account);
    }
}
