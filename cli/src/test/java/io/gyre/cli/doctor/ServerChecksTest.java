package io.gyre.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.cli.doctor.Finding.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerChecksTest {
    private static final Instant HERE = Instant.parse("2026-03-02T10:00:00Z");

    private static Finding clockAhead(long seconds) {
        return ServerChecks.clock(HERE, HERE.plusSeconds(seconds));
    }

    @Test
    void aClockIsWrongOnceSignaturesSuffer() {
        assertEquals(
                "The server's clock is this machine's, to a second or two.",
                clockAhead(-2).said());
        assertEquals(Verdict.OK, clockAhead(59).verdict());
        assertEquals(Verdict.WARN, clockAhead(60).verdict());
        assertEquals(
                "The server's clock is 60 s behind this machine's.",
                clockAhead(-60).said());
        assertEquals(Verdict.WARN, clockAhead(-899).verdict());
        assertEquals(Verdict.FAIL, clockAhead(900).verdict());
        assertEquals(
                "The server's clock is 900 s ahead of this machine's.",
                clockAhead(900).said());
        assertEquals(Verdict.FAIL, clockAhead(-900).verdict());
    }
}
