package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.operations.InstanceView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceLineTest {
    private static final Instant NOW = Instant.parse("2026-12-24T09:14:05Z");

    private static InstanceLine line(String status, @Nullable Instant expires, @Nullable Instant released) {
        return new InstanceLine(
                new InstanceView(
                        "kst-1",
                        "",
                        status,
                        NOW.minus(Duration.ofDays(300)),
                        expires,
                        expires == null ? null : expires.plus(Duration.ofDays(15)),
                        released,
                        null),
                NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "Running, 31, works, expires in 31 d 0 h",
        "Running, 29, late, expires in 29 d 0 h",
        "Expired, -3, failed, its keys are destroyed in 12 d 0 h"
    })
    void theDateOnWhichItLosesSomethingIsItsNext(String status, int days, String shape, String next) {
        InstanceLine line = line(status, NOW.plus(Duration.ofDays(days)), null);
        assertEquals(shape, line.shape());
        assertEquals(next, line.nextIs() + " " + line.next().orElseThrow().text());
        assertTrue(line.renewable());
    }

    @Test
    void oneThatDoesNotEndOrWasReleasedIsNotRenewed() {
        InstanceLine endless = line("Running", null, null);
        assertEquals("works", endless.shape());
        assertTrue(endless.next().isEmpty());
        assertFalse(endless.renewable());
        InstanceLine released = line("Released", NOW.minus(Duration.ofDays(20)), NOW.minus(Duration.ofDays(5)));
        assertEquals(
                "released 5 d 0 h ago",
                released.nextIs() + " " + released.next().orElseThrow().text());
        assertFalse(released.renewable());
    }

    @Test
    void withoutANameItIsKnownByItsId() {
        assertEquals("kst-1", line("Running", null, null).label());
    }
}
