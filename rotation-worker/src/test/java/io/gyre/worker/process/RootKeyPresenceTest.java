package io.gyre.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.envelope.RootKey;
import io.gyre.envelope.RootKeys;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.worker.engine.World;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker in an installation whose instance's key is sealed under the root key of zeros. */
class RootKeyPresenceTest {
    private static final RootKey ZEROS = RootKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]));
    private static final RootKey OTHER = RootKey.ofBase64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    private final World world = new World(TestPostgres.freshDatabase());
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger exits = new AtomicInteger();

    @AfterEach
    void end() {
        executor.shutdownNow();
        world.close();
    }

    private RootKeyPresence presence(RootKeys keys) {
        return new RootKeyPresence(world.pool, keys, "worker-7", executor, exits::incrementAndGet);
    }

    private boolean begins(RootKeys keys) {
        return presence(keys).begin().await().indefinitely();
    }

    @Test
    void itBeginsWithTheRootKeyThatIsInUseAndIsForgottenAtItsEnd() {
        RootKeyPresence presence = presence(RootKeys.of(OTHER, ZEROS));
        assertTrue(presence.begin().await().indefinitely());
        assertEquals(0, exits.get());
        assertEquals(
                OTHER.id() + "," + ZEROS.id(),
                world.text("SELECT array_to_string(known_ids, ',') FROM root_key_process WHERE name = 'worker-7'"));
        presence.end();
        assertEquals("0", world.text("SELECT CAST(count(*) AS text) FROM root_key_process"));
    }

    @Test
    void itEndsWhereItWasNotGivenTheCurrentRootKey() {
        assertFalse(begins(RootKeys.of(OTHER)));
        assertEquals(1, exits.get());
    }

    @Test
    void itEndsWhereAFormerRootKeyStillSealsWhatItReads() {
        world.sql("UPDATE root_key SET current_id = $1", OTHER.id().hex());
        assertFalse(begins(RootKeys.of(OTHER)));
        assertEquals(1, exits.get());
        assertTrue(begins(RootKeys.of(OTHER, ZEROS)));
    }

    @Test
    void itWaitsForAnApiServiceThatNotesTheRootKey() {
        world.sql("DELETE FROM root_key");
        assertFalse(begins(RootKeys.of(ZEROS)));
        assertEquals(0, exits.get());
    }
}
