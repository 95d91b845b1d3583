package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.console.RotationDrawing.DrawnLane;
import io.gyre.api.console.RotationDrawing.DrawnStation;
import io.gyre.rotation.picture.Course;
import io.gyre.rotation.picture.Course.Passed;
import io.gyre.rotation.picture.RotationPicture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotationDrawingTest {
    private static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");

    private static RotationPicture overlap(Duration passed) {
        return RotationPicture.of(new Course(
                "RamUserAccessKey",
                "LTAI5tOldAccessKey0123",
                "LTAI5tNew",
                BEGIN,
                BEGIN.plus(passed),
                false,
                BEGIN.plus(Duration.ofHours(48)),
                List.of(
                        new Passed("REQUESTED", "", BEGIN),
                        new Passed("PROVE", "", BEGIN.plusSeconds(1)),
                        new Passed("OVERLAP", "", BEGIN.plusSeconds(2)))));
    }

    @Test
    void theLineOfNowMovesToTheRightAsTimePasses() {
        double early = Double.parseDouble(RotationDrawing.whole(overlap(Duration.ofHours(4)))
                .now()
                .orElseThrow()
                .x());
        double late = Double.parseDouble(RotationDrawing.whole(overlap(Duration.ofHours(40)))
                .now()
                .orElseThrow()
                .x());
        assertTrue(late > early + 50, early + " " + late);
    }

    @Test
    void wordsOfStationsHaveRoomBesideEachOther() {
        RotationDrawing drawing = RotationDrawing.whole(overlap(Duration.ofHours(31)));
        List<DrawnStation> stations = drawing.lanes().get(1).stations();
        assertEquals(
                List.of("created", "current"),
                stations.stream().map(DrawnStation::word).toList());
        assertTrue(
                Double.parseDouble(stations.get(1).x())
                                - Double.parseDouble(stations.get(0).x())
                        >= 71.9,
                stations.toString());
    }

    @Test
    void nothingIsDrawnOutsideOfThePicture() {
        for (RotationDrawing drawing : List.of(
                RotationDrawing.whole(overlap(Duration.ofHours(31))),
                RotationDrawing.small(overlap(Duration.ofHours(31))))) {
            for (DrawnLane lane : drawing.lanes()) {
                lane.stretches().forEach(stretch -> {
                    assertTrue(Double.parseDouble(stretch.from()) >= 0);
                    assertTrue(Double.parseDouble(stretch.to()) <= drawing.width());
                });
            }
        }
    }

    @Test
    void aLongNameIsShortenedInItsMiddleAndReadWholeUnderThePointer() {
        DrawnLane lane =
                RotationDrawing.whole(overlap(Duration.ofHours(31))).lanes().get(0);
        assertEquals("LTAI5tOl…Key0123", lane.name());
        assertEquals("LTAI5tOldAccessKey0123", lane.fullName());
    }

    @Test
    void theSmallOneHasNoWords() {
        RotationDrawing small = RotationDrawing.small(overlap(Duration.ofHours(31)));
        assertFalse(small.worded());
        assertTrue(small.lanes().get(1).stations().stream()
                .allMatch(station -> station.word().isEmpty()));
    }

    @Test
    void whoDoesNotSeeThePictureReadsIt() {
        assertEquals(
                "LTAI5tOldAccessKey0123 works, and is not current; next: disable. LTAI5tNew is current.",
                RotationDrawing.whole(overlap(Duration.ofHours(31))).words());
    }
}
