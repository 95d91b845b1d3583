package io.gyre.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.cli.demo.Timeline.Event;
import io.gyre.cli.terminal.Console;
import io.gyre.platform.PlatformException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    void anEventIsNeverBeforeItsRotationsBegin() {
        assertEquals(
                "    0.0 s  2026-01-01 12:00  db/orders               A note",
                Timeline.line(event("Running", Duration.ZERO), Duration.ofMillis(-80), false));
    }

    @Test
    void anEndIsToldInAWordAndOnATerminalInItsColourToo() {
        Event end = event("Succeeded", Duration.ZERO);
        assertTrue(Timeline.line(end, Duration.ZERO, false).endsWith("  Succeeded: A note"));
        assertTrue(Timeline.line(end, Duration.ZERO, true).endsWith("  \u001b[32mSucceeded: A note\u001b[0m"));
        assertTrue(Timeline.line(event("Failed", Duration.ZERO), Duration.ZERO, true)
                .endsWith("  \u001b[31mFailed: A note\u001b[0m"));
    }

    @Test
    void aFindingIsToldWithTheNoteUnlessItIsTheNote() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("secretName", "db/orders")
                .put("state", "Waiting")
                .put("note", "Looking at the account")
                .put("finding", "It is gone: create it again.")
                .put("at", NOON.toString())
                .put("atWall", NOON.toString());
        assertEquals(
                "Looking at the account: It is gone: create it again.",
                Event.of(json).note());
        json.put("note", "It is gone: create it again.");
        assertEquals("It is gone: create it again.", Event.of(json).note());
    }

    @Test
    void whatDoesNotArriveIsNamed() {
        Console nobody =
                new Console(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
        try (Timeline timeline = new Timeline("127.0.0.1:1", nobody)) {
            PlatformException sentence =
                    assertThrows(PlatformException.class, () -> timeline.next(Duration.ZERO, Set.of("db/orders")));
            assertEquals(
                    "The end of these rotations did not arrive on gyre.rotation.events: db/orders; see ./gyre logs",
                    sentence.getMessage());
        }
    }

    @Test
    void theSummaryTellsBothClocks() {
        Histories histories = new Histories();
        histories.add(event("Running", Duration.ZERO));
        histories.add(event("Succeeded", Duration.ofSeconds(24)));
        assertEquals("  db/orders               Succeeded      24.0 s   48 h 00 min", histories.row("db/orders"));
        assertEquals(Histories.HEAD.length(), histories.row("db/orders").length());
    }

    @Test
    void theSummaryOwnsUpToARotationThatDidNotEndOrWasNeverHeardOf() {
        Histories histories = new Histories();
        histories.add(event("Running", Duration.ZERO));
        assertTrue(histories.row("db/orders").contains("not ended"));
        assertEquals("  db/other                not heard of", histories.row("db/other"));
    }

    @Test
    void theGapOfASingleAccountIsTheOneThatTheTimelineTells() {
        Event promoted = new Event(
                "db/reports",
                "PROVE",
                "Running",
                "The new password of account reports is current; between the old one's end and now passed at most 312"
                        + " ms.",
                NOON,
                NOON,
                "worker-1");
        assertEquals(Optional.of("312"), RdsSingleStory.gapMillis(List.of(event("Running", Duration.ZERO), promoted)));
        assertEquals(Optional.empty(), RdsSingleStory.gapMillis(List.of(event("Running", Duration.ZERO))));
    }
}
