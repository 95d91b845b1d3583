package io.gyre.rotation.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rotation.picture.Course.Passed;
import io.gyre.rotation.picture.RotationPicture.Gap;
import io.gyre.rotation.picture.RotationPicture.Lane;
import io.gyre.rotation.picture.RotationPicture.Station;
import io.gyre.rotation.picture.RotationPicture.Stretch;
import io.gyre.rotation.picture.RotationPicture.Worth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RotationPictureTest {
    private static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");

    private static Instant after(long seconds) {
        return BEGIN.plusSeconds(seconds);
    }

    private static Passed passed(String phase, long seconds) {
        return new Passed(phase, "It is so.", after(seconds));
    }

    private static RotationPicture picture(
            String kind, long now, boolean ended, @Nullable Instant goesOn, Passed... passed) {
        return RotationPicture.of(new Course(kind, "old", "new", BEGIN, after(now), ended, goesOn, List.of(passed)));
    }

    private static Stretch seen(long from, long to, Worth worth) {
        return new Stretch(after(from), after(to), worth, false);
    }

    private static Station station(long at, String word) {
        return new Station(after(at), word, false);
    }

    @Test
    void inTheOverlapOfARamRotationBothKeysWorkAndTheFormerOnesEndIsExpected() {
        RotationPicture picture = picture(
                "RamUserAccessKey",
                100,
                false,
                after(200),
                passed("REQUESTED", 0),
                passed("CREATE", 1),
                passed("PROVE", 2),
                passed("OVERLAP", 3));
        Instant until = after(225);
        assertEquals(
                new Lane(
                        "old",
                        List.of(
                                seen(0, 3, Worth.CURRENT),
                                seen(3, 100, Worth.WORKS),
                                new Stretch(after(100), after(200), Worth.WORKS, true)),
                        List.of(new Station(after(200), "disable", true))),
                picture.former());
        assertEquals(
                new Lane(
                        "new",
                        List.of(
                                seen(2, 3, Worth.WORKS),
                                seen(3, 100, Worth.CURRENT),
                                new Stretch(after(100), until, Worth.CURRENT, true)),
                        List.of(station(2, "created"), station(3, "current"))),
                picture.candidate());
        assertEquals(until, picture.until());
        assertEquals(Optional.of(after(100)), picture.now());
    }

    @Test
    void whatHasEndedHasNoNowAndNothingToCome() {
        RotationPicture picture = picture(
                "RamUserAccessKey",
                300,
                true,
                null,
                passed("PROVE", 2),
                passed("OVERLAP", 3),
                passed("GRACE_PERIOD", 200),
                passed("PROVE_REFUSED", 260),
                passed("SUCCEEDED", 300));
        assertEquals(Optional.empty(), picture.now());
        assertEquals(after(300), picture.until());
        assertEquals(
                List.of(seen(0, 3, Worth.CURRENT), seen(3, 200, Worth.WORKS)),
                picture.former().stretches());
        assertEquals(
                List.of(station(200, "disabled"), station(260, "deleted")),
                picture.former().stations());
    }

    @Test
    void aSingleHolderChangesPlacesAtOnceAndItsGapIsTold() {
        RotationPicture picture = picture(
                "SingleUser",
                10,
                true,
                null,
                passed("SETTLE", 2),
                new Passed(
                        "PROVE",
                        "The new password of account app is current; between the old one's end and now passed at most 340 ms.",
                        after(5)),
                passed("SUCCEEDED", 10));
        assertEquals(Optional.of(new Gap(after(5), 340)), picture.gap());
        assertEquals(List.of(seen(0, 5, Worth.CURRENT)), picture.former().stretches());
        assertEquals(List.of(seen(5, 10, Worth.CURRENT)), picture.candidate().stretches());
    }

    @Test
    void whatWasRolledBackLeavesTheFormerOneCurrent() {
        RotationPicture picture = picture(
                "DoubleUsers",
                9,
                true,
                null,
                passed("PROVE", 2),
                passed("PROVE_REFUSED", 3),
                passed("UNDO_PROVE_FORMER", 5),
                passed("UNDO_RESET", 6),
                passed("ROLLED_BACK", 9));
        assertEquals(
                List.of(seen(0, 3, Worth.CURRENT), seen(3, 9, Worth.WORKS)),
                picture.former().stretches());
        assertEquals(List.of(station(9, "current")), picture.former().stations());
        assertEquals(
                List.of("set", "current", "rolling back"),
                picture.candidate().stations().stream().map(Station::word).toList());
    }

    /** What is entered again after a failure has its station where it was first. */
    @Test
    void aPhaseCountsOnce() {
        RotationPicture picture = picture(
                "SSHKey", 20, false, null, passed("PROVE_KEY", 2), passed("ADD_KEY", 5), passed("PROVE_KEY", 9));
        assertEquals(List.of(station(2, "added")), picture.candidate().stations());
    }

    @Test
    void atEachMomentOfARotationOfTwoHoldersOneCredentialIsCurrent() {
        List<Passed> whole = List.of(
                passed("REQUESTED", 0),
                passed("PROVE", 2),
                passed("OVERLAP", 3),
                passed("GRACE_PERIOD", 200),
                passed("PROVE_REFUSED", 260),
                passed("SUCCEEDED", 300));
        for (int seen = 1; seen <= whole.size(); seen++) {
            RotationPicture picture = picture(
                    "RamUserAccessKey", 300, false, null, whole.subList(0, seen).toArray(Passed[]::new));
            for (long second = 0; second < 300; second++) {
                Instant at = after(second);
                assertEquals(
                        1,
                        Stream.of(picture.former(), picture.candidate())
                                .flatMap(lane -> lane.stretches().stream())
                                .filter(stretch -> stretch.worth() == Worth.CURRENT
                                        && !stretch.from().isAfter(at)
                                        && stretch.to().isAfter(at))
                                .count(),
                        seen + " " + second);
            }
        }
    }

    @Test
    void secondsAndDaysStandApartOnOneScale() {
        Instant days = BEGIN.plus(Duration.ofDays(2));
        TimeScale scale = new TimeScale(List.of(BEGIN, after(1), after(2), days), 0.1);
        assertEquals(0, scale.at(BEGIN));
        assertEquals(0.1, scale.at(after(1)), 0.001);
        assertEquals(0.2, scale.at(after(2)), 0.001);
        assertEquals(1, scale.at(days));
        assertEquals(1, scale.at(days.plusSeconds(1)));
        double between = scale.at(BEGIN.plus(Duration.ofDays(1)));
        assertTrue(between > 0.5 && between < 0.7, "at " + between);
    }

    @Test
    void moreThanFitAreSharedEqually() {
        TimeScale scale = new TimeScale(List.of(BEGIN, after(1), after(100)), 0.9);
        assertEquals(0.5, scale.at(after(1)), 0.001);
    }
}
