package io.gyre.api.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastUsesTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final LastUses uses = new LastUses(() -> now);

    @Test
    void aBusyKeyIsWrittenDownOnceInFiveMinutes() {
        assertTrue(uses.isDue("a"));
        assertFalse(uses.isDue("a"));
        now = now.plus(LastUses.GRAIN).minusNanos(1);
        assertFalse(uses.isDue("a"));
        now = now.plusNanos(1);
        assertTrue(uses.isDue("a"));
    }

    @Test
    void eachKeyCountsForItself() {
        assertTrue(uses.isDue("a"));
        assertTrue(uses.isDue("b"));
    }
}
