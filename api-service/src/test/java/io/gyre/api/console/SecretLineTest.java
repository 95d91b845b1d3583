package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.operations.SecretPage.Rotating;
import io.gyre.api.operations.SecretPage.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretLineTest {
    private static final Instant NOW = Instant.parse("2026-12-24T09:14:05Z");

    private static SecretLine line(
            String type,
            String rotation,
            @Nullable Instant next,
            @Nullable Rotating rotating,
            @Nullable Instant deletion) {
        return new SecretLine(
                new Row(
                        "a/secret",
                        type,
                        "Available",
                        "kst-0123456789",
                        "",
                        "Running",
                        rotation,
                        next,
                        rotating,
                        deletion,
                        null),
                NOW);
    }

    private static Rotating rotating(String state, boolean late) {
        return new Rotating(new UUID(1, 1), state, late, NOW.minus(Duration.ofMinutes(31 * 60 + 12)));
    }

    @ParameterizedTest
    @CsvSource({
        "Rds, Enabled, works, automatic",
        "Rds, Disabled, open, off",
        "Rds, Invalid, failed, 'the last one failed'",
        "Generic, Disabled, open, none"
    })
    void whatAPolicySaysIsAShapeAndAWord(String type, String status, String shape, String words) {
        assertEquals(
                new RotationState(shape, words),
                line(type, status, null, null, null).rotation());
    }

    @ParameterizedTest
    @CsvSource({
        "Running, false, moves, 'rotating for 31 h 12 min'",
        "Running, true, late, 'late, rotating for 31 h 12 min'",
        "Waiting, true, late, waits for a person"
    })
    void aRotationThatRunsIsToldBeforeThePolicy(String state, boolean late, String shape, String words) {
        assertEquals(
                new RotationState(shape, words),
                line("Rds", "Enabled", null, rotating(state, late), null).rotation());
    }

    @Test
    void aSecretThatIsToBeDeletedSaysSoInsteadOfARotationThatWillNotBe() {
        SecretLine line = line("Rds", "Enabled", NOW.plusSeconds(60), null, NOW.plus(Duration.ofDays(7)));
        assertEquals(new RotationState("open", "none: to be deleted"), line.rotation());
        assertEquals("deleted", line.nextIs());
        assertEquals("in 7 d 0 h", line.next().orElseThrow().text());
    }

    @Test
    void aRotationWhoseTimeHasPassedIsDue() {
        SecretLine line = line("Rds", "Enabled", NOW.minusSeconds(250), null, null);
        assertEquals("due", line.nextIs());
        assertEquals("4 min 10 s ago", line.next().orElseThrow().text());
    }

    @Test
    void nothingIsNextWhereNoPolicyWillDoIt() {
        assertTrue(line("Rds", "Disabled", null, null, null).next().isEmpty());
        assertTrue(
                line("Rds", "Invalid", NOW.minusSeconds(250), null, null).next().isEmpty());
    }

    @Test
    void anInstanceWithoutANameIsKnownByTheBeginningOfItsId() {
        assertEquals("kst-01234567…", line("Rds", "Disabled", null, null, null).instanceLabel());
    }

    @ParameterizedTest
    @CsvSource({
        "0, '0 s ago'",
        "59, 'in 59 s'",
        "60, 'in 1 min 0 s'",
        "3600, 'in 1 h 0 min'",
        "172799, 'in 47 h 59 min'",
        "172800, 'in 2 d 0 h'",
        "-172800, '2 d 0 h ago'"
    })
    void aTimeIsToldInItsTwoLargestUnits(long seconds, String text) {
        RelativeTime time = new RelativeTime(NOW.plusSeconds(seconds), NOW);
        assertEquals(text, time.text());
    }

    @Test
    void theExactTimeIsUtcToTheSecond() {
        RelativeTime time = new RelativeTime(NOW.plusNanos(999_999_999), NOW);
        assertEquals("2026-12-24 09:14:05 UTC", time.utc());
        assertEquals("2026-12-24T09:14:05Z", time.iso());
    }
}
