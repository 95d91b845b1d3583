package io.gyre.api.console;

import io.gyre.rotation.picture.RotationPicture;
import io.gyre.rotation.picture.RotationPicture.Lane;
import io.gyre.rotation.picture.RotationPicture.Station;
import io.gyre.rotation.picture.RotationPicture.Stretch;
import io.gyre.rotation.picture.RotationPicture.Worth;
import io.gyre.rotation.picture.TimeScale;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where everything of a rotation's picture is drawn, in the units of an SVG; the template writes it. What a line means is a class
 * of the style sheet, so that one drawing serves dark and light.
 *
 * @param words the picture in a sentence, for those who do not see it
 */
record RotationDrawing(
        int width, int height, List<DrawnLane> lanes, Optional<DrawnNow> now, Optional<DrawnGap> gap, String words) {
    /** Of a credential's name, in characters; the middle of a longer one is left out. */
    private static final int NAME = 16;

    /** How large it is drawn. */
    private record Format(
            int width, int height, int left, int right, int first, int second, int least, boolean words) {}

    /** With names and words. */
    private static final Format WHOLE = new Format(860, 116, 136, 24, 34, 76, 72, true);

    /** In a row of a list. */
    private static final Format SMALL = new Format(220, 22, 4, 4, 7, 16, 12, false);

    /** A piece of a lane, left to right; {@code shape} is a class. */
    record DrawnStretch(String from, String to, String shape) {}

    /** A moment of a lane; the word is empty where there is no room for it. */
    record DrawnStation(String x, String word, String anchor, boolean toCome) {}

    /** @param wordsY where its words stand */
    record DrawnLane(
            String name,
            String fullName,
            int y,
            int wordsY,
            List<DrawnStretch> stretches,
            List<DrawnStation> stations) {}

    /** The line that moves. */
    record DrawnNow(String x, int bottom) {}

    /** Where no credential worked. */
    record DrawnGap(String x, int top, int bottom, String words) {}

    static RotationDrawing whole(RotationPicture picture) {
        return draw(picture, WHOLE);
    }

    static RotationDrawing small(RotationPicture picture) {
        return draw(picture, SMALL);
    }

    /** Whether names and words are written. */
    public boolean worded() {
        return width == WHOLE.width();
    }

    private static RotationDrawing draw(RotationPicture picture, Format format) {
        double room = format.width() - format.left() - format.right();
        TimeScale scale = new TimeScale(picture.moments(), format.least() / room);
        return new RotationDrawing(
                format.width(),
                format.height(),
                List.of(
                        lane(picture.former(), format, scale, format.first(), format.first() - 10),
                        lane(picture.candidate(), format, scale, format.second(), format.second() + 20)),
                picture.now().map(now -> new DrawnNow(x(now, format, scale), format.words() ? 92 : format.height())),
                picture.gap()
                        .map(gap -> new DrawnGap(
                                x(gap.at(), format, scale),
                                format.first(),
                                format.second(),
                                "≤ " + gap.millis() + " ms without")),
                words(picture));
    }

    private static DrawnLane lane(Lane lane, Format format, TimeScale scale, int y, int wordsY) {
        List<DrawnStretch> stretches = lane.stretches().stream()
                .map(stretch -> new DrawnStretch(
                        x(stretch.from(), format, scale), x(stretch.to(), format, scale), shape(stretch)))
                .toList();
        List<DrawnStation> stations = new ArrayList<>();
        for (Station station : lane.stations()) {
            stations.add(new DrawnStation(
                    x(station.at(), format, scale),
                    format.words() ? station.word() : "",
                    scale.at(station.at()) > 0.92 ? "end" : "middle",
                    station.toCome()));
        }
        return new DrawnLane(shortened(lane.name()), lane.name(), y, wordsY, stretches, stations);
    }

    private static String shape(Stretch stretch) {
        return (stretch.worth() == Worth.CURRENT ? "current" : "beside") + (stretch.toCome() ? " to-come" : "");
    }

    private static String x(Instant at, Format format, TimeScale scale) {
        double room = format.width() - format.left() - format.right();
        return String.format(Locale.ROOT, "%.1f", format.left() + room * scale.at(at));
    }

    static String shortened(String name) {
        return name.length() <= NAME
                ? name
                : name.substring(0, NAME / 2) + "…" + name.substring(name.length() - NAME / 2 + 1);
    }

    private static String words(RotationPicture picture) {
        return sentence(picture.former(), picture) + " " + sentence(picture.candidate(), picture);
    }

    private static String sentence(Lane lane, RotationPicture picture) {
        Instant last = picture.now().orElse(picture.until());
        String worth = lane.stretches().stream()
                .filter(stretch -> !stretch.toCome() && !stretch.to().isBefore(last))
                .findFirst()
                .map(stretch -> stretch.worth() == Worth.CURRENT ? "is current" : "works, and is not current")
                .orElse("does not work");
        return lane.name() + " " + worth
                + lane.stations().stream()
                        .filter(Station::toCome)
                        .findFirst()
                        .map(station -> "; next: " + station.word())
                        .orElse("")
                + ".";
    }
}
