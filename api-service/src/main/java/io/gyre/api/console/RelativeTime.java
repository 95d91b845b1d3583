package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A moment as people read it: how far away it is, and which one exactly.
 *
 * @param now on the same clock
 */
record RelativeTime(Instant at, Instant now) {
    /** As long as the overlap of a RAM rotation, which people count in hours. */
    private static final int HOURS_COUNTED = 48;

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** @param field of an answer of the KMS or RAM API, which has a time there */
    static RelativeTime of(JsonNode answer, String field, Instant now) {
        return new RelativeTime(Instant.parse(answer.path(field).asText()), now);
    }

    /** For example {@code in 6 d 3 h}, or {@code 4 min 10 s ago}. */
    public String text() {
        return isPast() ? span() + " ago" : "in " + span();
    }

    public boolean isPast() {
        return !at.isAfter(now);
    }

    /** How far away it is, in the two largest units, for example {@code 31 h 12 min}. */
    public String span() {
        Duration span = Duration.between(at, now).abs();
        if (span.toHours() >= HOURS_COUNTED) {
            return span.toDays() + " d " + span.toHoursPart() + " h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        if (span.toMinutes() > 0) {
            return span.toMinutes() + " min " + span.toSecondsPart() + " s";
        }
        return span.toSeconds() + " s";
    }

    /** For people, to the second. */
    public String utc() {
        return UTC.format(at);
    }

    /** For programs, to the second. */
    public String iso() {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
