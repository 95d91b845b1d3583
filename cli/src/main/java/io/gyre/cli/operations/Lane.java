package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** A rotation's time from left to right: a station for each entry of its timeline, and now. */
final class Lane {
    private static final int WIDTH = 72;
    private static final char STATION = '●';
    private static final char PAST = '━';
    private static final char TO_COME = '╌';
    private static final char NOW = '┊';

    private Lane() {}

    /** On the calendar, from the request to its end or, while it goes on, to when it goes on next. */
    static String of(JsonNode rotation) {
        Instant begin = Instant.parse(rotation.path("requestedAt").asText());
        boolean ended = rotation.has("endedAt");
        Instant now = Instant.parse(
                ended
                        ? rotation.path("endedAt").asText()
                        : rotation.path("asOf").path("calendar").asText());
        Instant end = laterOf(now, next(rotation, ended, now));
        char[] lane = new char[WIDTH + 1];
        int today = place(begin, end, now);
        Arrays.fill(lane, 0, today, PAST);
        Arrays.fill(lane, today, lane.length, ended ? PAST : TO_COME);
        if (!ended) {
            lane[today] = NOW;
        }
        for (JsonNode entry : rotation.path("timeline")) {
            lane[place(begin, end, Instant.parse(entry.path("at").asText()))] = STATION;
        }
        return new String(lane);
    }

    private static Instant next(JsonNode rotation, boolean ended, Instant now) {
        JsonNode wake = rotation.path("nextWake");
        return ended || !wake.path("clock").asText().equals("calendar")
                ? now
                : Instant.parse(wake.path("at").asText());
    }

    private static Instant laterOf(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static int place(Instant begin, Instant end, Instant at) {
        long all = Math.max(1, Duration.between(begin, end).toMillis());
        long passed = Duration.between(begin, at).toMillis();
        return (int) Math.max(0, Math.min(WIDTH, WIDTH * passed / all));
    }
}
