package io.gyre.api.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.schedule.Opening;
import io.gyre.schedule.RotationWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CronWindowTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String NIGHTLY = "0 30 2 * * ?";

    private static RotationWindow window(String cron, String zone, Duration length) {
        return CronWindow.of(cron, zone, length.toSeconds(), NOW);
    }

    private static List<Instant> openings(RotationWindow window, Instant from, int count) {
        List<Instant> openings = new ArrayList<>();
        Instant next = from;
        while (openings.size() < count) {
            Opening opening = window.next(next).orElseThrow();
            openings.add(opening.begins());
            next = opening.ends();
        }
        return openings;
    }

    @Example
    void aWindowIsOpenFromItsMomentOnForItsLength() {
        RotationWindow window = window(NIGHTLY, "UTC", Duration.ofHours(2));
        Opening opening = new Opening(Instant.parse("2026-03-02T02:30:00Z"), Instant.parse("2026-03-02T04:30:00Z"));
        assertEquals(opening, window.next(Instant.parse("2026-03-01T04:30:00Z")).orElseThrow());
        assertEquals(opening, window.next(Instant.parse("2026-03-02T02:30:00Z")).orElseThrow());
        assertEquals(
                opening, window.next(Instant.parse("2026-03-02T04:29:59.999Z")).orElseThrow());
        assertEquals(
                Instant.parse("2026-03-03T02:30:00Z"),
                window.next(opening.ends()).orElseThrow().begins());
    }

    @Example
    void itOpensByTheClocksOfItsPlace() {
        assertEquals(
                Instant.parse("2026-06-01T18:30:00Z"),
                window(NIGHTLY, "Asia/Shanghai", Duration.ofHours(1))
                        .next(Instant.parse("2026-06-01T10:00:00Z"))
                        .orElseThrow()
                        .begins());
    }

    @Example
    void aMomentThatIsSkippedInSpringOpensNoWindow() {
        assertEquals(
                List.of(
                        Instant.parse("2026-03-28T01:30:00Z"),
                        Instant.parse("2026-03-30T00:30:00Z"),
                        Instant.parse("2026-03-31T00:30:00Z")),
                openings(
                        window(NIGHTLY, "Europe/Berlin", Duration.ofHours(1)),
                        Instant.parse("2026-03-28T00:00:00Z"),
                        3));
    }

    @Example
    void anHourThatComesTwiceInAutumnOpensTheWindowOnce() {
        assertEquals(
                List.of(
                        Instant.parse("2026-10-24T00:30:00Z"),
                        Instant.parse("2026-10-25T01:30:00Z"),
                        Instant.parse("2026-10-26T01:30:00Z")),
                openings(
                        window(NIGHTLY, "Europe/Berlin", Duration.ofHours(1)),
                        Instant.parse("2026-10-24T00:00:00Z"),
                        3));
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu");
    }

    @Provide
    Arbitrary<String> crons() {
        return Arbitraries.of(
                NIGHTLY, "0 0 0 * * ?", "0 0 3 ? * MON-FRI", "0 0/15 * * * ?", "0 0 12 L * ?", "0 0 5 29 2 ?");
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs().between(0, Duration.ofDays(1500).toMillis()).map(NOW::plusMillis);
    }

    @Property
    void theOpeningIsTheFirstThatHasNotClosedWhateverBecomesOfTheClocks(
            @ForAll("crons") String cron, @ForAll("zones") String zone, @ForAll("moments") Instant from) {
        Duration length = Duration.ofMinutes(90);
        RotationWindow window = window(cron, zone, length);
        Opening opening = window.next(from).orElseThrow();
        assertTrue(opening.ends().isAfter(from));
        assertEquals(length, Duration.between(opening.begins(), opening.ends()));
        assertEquals(
                opening,
                window.next(opening.ends().minusMillis(1))
                        .map(last -> last.begins().equals(opening.begins()) ? last : opening)
                        .orElseThrow());
        assertFalse(window.next(from.plusMillis(1)).orElseThrow().begins().isBefore(opening.begins()), "never back");
    }

    @Property
    void aNightlyWindowOpensOnceEachDayOnWhichItsPlaceHasThatMoment(
            @ForAll("zones") String zone, @ForAll("moments") Instant from) {
        ZoneId place = ZoneId.of(zone);
        List<Instant> openings = openings(window(NIGHTLY, zone, Duration.ofHours(1)), from, 3);
        LocalDateTime expected = openings.get(0).atZone(place).toLocalDateTime();
        for (Instant opening : openings) {
            while (place.getRules().getValidOffsets(expected).isEmpty()) {
                expected = expected.plusDays(1);
            }
            assertEquals(expected, opening.atZone(place).toLocalDateTime());
            expected = expected.plusDays(1);
        }
    }

    @Example
    void whatCannotBeIsToldWithWhatToGiveInstead() {
        expectRefused("cron", "every night", "UTC", 3600);
        expectRefused("cron", "0 0 2 * *", "UTC", 3600);
        expectRefused("cron", "", "UTC", 3600);
        expectRefused("cron", "0 ".repeat(65), "UTC", 3600);
        expectRefused("cron", "0 0 2 30 2 ?", "UTC", 3600);
        expectRefused("cron", "0 0 2 * * ? 2020", "UTC", 3600);
        expectRefused("zone", NIGHTLY, "Mars/Olympus", 3600);
        expectRefused("zone", NIGHTLY, "", 3600);
        expectRefused("seconds", NIGHTLY, "UTC", 59);
        expectRefused("seconds", NIGHTLY, "UTC", 604801);
        assertTrue(CronWindow.of(NIGHTLY, "UTC", 60, NOW).next(NOW).isPresent());
        assertTrue(CronWindow.of(NIGHTLY, "UTC", 604800, NOW).next(NOW).isPresent());
    }

    private static void expectRefused(String part, String cron, String zone, long seconds) {
        InvalidWindow refusal = assertThrows(InvalidWindow.class, () -> CronWindow.of(cron, zone, seconds, NOW));
        assertEquals(part, refusal.part());
        assertTrue(refusal.rule().endsWith("."), refusal.rule());
    }
}
