package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.api.operations.OverviewView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewPartTest {
    private static final Instant NOW = Instant.parse("2026-12-24T09:14:05Z");

    private static OverviewPart part(long rotating, long waiting, long late, long failed, long expiring) {
        return new OverviewPart(
                new OverviewView(rotating, waiting, late, failed, 7, expiring, List.of()),
                List.of(),
                new RelativeTime(NOW, NOW));
    }

    @Test
    void eachNumberLeadsToWhatItCounts() {
        assertEquals(
                List.of(
                        "3 rotating /console/rotations?state=running",
                        "2 late /console/rotations?state=late",
                        "1 failed in 24 h /console/rotations?ended=24h&state=failed",
                        "7 due in 24 h /console/secrets?due=24h",
                        "4 instances near expiry /console/instances"),
                part(3, 1, 2, 1, 4).numbers().stream()
                        .map(each -> each.count() + " " + each.words() + " " + each.address())
                        .toList());
    }

    @Test
    void whatAsksForNobodyHasNoColour() {
        assertEquals(
                List.of("moves", "open", "open", "open", "open"),
                part(3, 0, 0, 0, 0).numbers().stream()
                        .map(OverviewPart.Count::shape)
                        .toList());
        assertEquals(
                List.of("moves", "late", "failed", "open", "late"),
                part(3, 0, 1, 1, 1).numbers().stream()
                        .map(OverviewPart.Count::shape)
                        .toList());
    }

    @Test
    void whatIsNotShownIsCounted() {
        assertEquals(4, part(3, 1, 0, 0, 0).more());
    }
}
