package io.gyre.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.cli.demo.Timeline.Event;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static Event event(String state, Duration later) {
        return new Event(
                "db/orders",
                "RESET",
                state,
                "A note",
                NOON.plus(later.multipliedBy(7200)),
                NOON.plus(later),
                "worker-1");
    }

    @Test
    void aLineTellsElapsedTimeCalendarSecretAndNote() {
        assertEquals(
                "    4.2 s  2026-01-01 20:24  db/orders               A note",
                Timeline.line(event("Running", Duration.ofMillis(4200)), Duration.ofMillis(4200), false));
    }

    @Test
    void anEventThatWasCommittedBeforeTheFirstOneReadIsNotInThePast() {
        assertEquals(
                "    0.0 s  2026-01-01 12:00  db/orders               A note",
                Timeline.line(event("Running", Duration.ZERO), Duration.ofMillis(-80), false));
    }

    @Test
    void theSummaryTellsBothClocks() {
        Timeline.Spans spans = new Timeline.Spans();
        spans.add(event("Running", Duration.ZERO));
        spans.add(event("Succeeded", Duration.ofSeconds(24)));
        assertEquals(
                "  db/orders              Succeeded    24.0 s on the wall,  48 h 00 min on the calendar",
                spans.summary("db/orders"));
    }
}
