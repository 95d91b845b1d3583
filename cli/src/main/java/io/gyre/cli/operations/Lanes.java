package io.gyre.cli.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.rotation.picture.Course;
import io.gyre.rotation.picture.RotationPicture;
import io.gyre.rotation.picture.RotationPicture.Lane;
import io.gyre.rotation.picture.RotationPicture.Station;
import io.gyre.rotation.picture.RotationPicture.Stretch;
import io.gyre.rotation.picture.RotationPicture.Worth;
import io.gyre.rotation.picture.TimeScale;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rotation's two credentials, a line each, with time from left to right; what the console draws, as text. */
final class Lanes {
    private static final int WIDTH = 72;
    private static final int NAME = 12;

    /** Room for a station's word beside it. */
    private static final double APART = 10.0 / WIDTH;

    private static final char CURRENT = '━';
    private static final char WORKS = '─';
    private static final char TO_COME = '╌';
    private static final char STATION = '●';
    private static final char EXPECTED = '○';
    private static final char NOW = '┊';

    private Lanes() {}

    /** Two lines, and a third under "now" while it goes on. */
    static List<String> of(JsonNode rotation) {
        RotationPicture picture = RotationPicture.of(course(rotation));
        TimeScale scale = new TimeScale(picture.moments(), APART);
        Integer now = picture.now().map(at -> place(scale, at)).orElse(null);
        List<String> lines = new ArrayList<>();
        lines.add(line(picture.former(), scale, now));
        lines.add(line(picture.candidate(), scale, now));
        if (now != null) {
            lines.add(" ".repeat(NAME + now) + "now");
        }
        return lines;
    }

    private static Course course(JsonNode rotation) {
        boolean ended = rotation.has("endedAt");
        JsonNode wake = rotation.path("nextWake");
        JsonNode credentials = rotation.path("credentials");
        List<Course.Passed> passed = new ArrayList<>();
        rotation.path("timeline")
                .forEach(entry -> passed.add(new Course.Passed(
                        entry.path("phase").asText(),
                        entry.path("note").asText(),
                        Instant.parse(entry.path("at").asText()))));
        return new Course(
                rotation.path("secretSubType").asText(),
                name(credentials.path("former")),
                name(credentials.path("candidate")),
                Instant.parse(rotation.path("requestedAt").asText()),
                Instant.parse(
                        ended
                                ? rotation.path("endedAt").asText()
                                : rotation.path("asOf").path("calendar").asText()),
                ended,
                wake.path("clock").asText().equals("calendar")
                        ? Instant.parse(wake.path("at").asText())
                        : null,
                passed);
    }

    private static String name(JsonNode version) {
        String name = version.path("name").asText(version.path("versionId").asText());
        return name.length() < NAME ? name : name.substring(0, 4) + "…" + name.substring(name.length() - 5);
    }

    private static String line(Lane lane, TimeScale scale, @Nullable Integer now) {
        char[] line = new char[WIDTH + 1];
        Arrays.fill(line, ' ');
        for (Stretch stretch : lane.stretches()) {
            char drawn = stretch.toCome() ? TO_COME : stretch.worth() == Worth.CURRENT ? CURRENT : WORKS;
            Arrays.fill(line, place(scale, stretch.from()), place(scale, stretch.to()) + 1, drawn);
        }
        for (Station station : lane.stations()) {
            int at = place(scale, station.at());
            line[at] = station.toCome() ? EXPECTED : STATION;
            String word = station.word();
            for (int i = 0; i < word.length() && at + 1 + i < line.length; i++) {
                line[at + 1 + i] = word.charAt(i);
            }
        }
        if (now != null) {
            line[now] = NOW;
        }
        return String.format("%-" + NAME + "s", lane.name()) + new String(line).stripTrailing();
    }

    private static int place(TimeScale scale, Instant at) {
        return (int) Math.round(WIDTH * scale.at(at));
    }
}
