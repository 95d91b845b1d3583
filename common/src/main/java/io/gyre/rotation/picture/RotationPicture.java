package io.gyre.rotation.picture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rotation's two lanes, from its request to its end or, while it goes on, a little past what it waits for.
 *
 * @param now empty for one that has ended
 * @param gap where the target holds one credential, for how long at most none worked
 */
public record RotationPicture(
        Lane former, Lane candidate, Instant from, Optional<Instant> now, Instant until, Optional<Gap> gap) {
    /** As the machines of single holders tell it when the new credential becomes current. */
    private static final Pattern GAP = Pattern.compile("passed at most (\\d{1,9}) ms\\.$");

    /** Of what has passed: as much room is left for what comes. */
    private static final int ROOM = 8;

    private static final Duration LEAST_ROOM = Duration.ofSeconds(1);

    /** How much a credential is worth over a stretch of time. */
    public enum Worth {
        /** It is the one that programs are given. */
        CURRENT,
        /** The target lets it in; programs are given the other one. */
        WORKS
    }

    /** @param toCome whether it is expected, not seen */
    public record Stretch(Instant from, Instant to, Worth worth, boolean toCome) {}

    /** @param toCome whether it is expected, not seen */
    public record Station(Instant at, String word, boolean toCome) {}

    /** One credential's time. Where no stretch is, it does not work. */
    public record Lane(String name, List<Stretch> stretches, List<Station> stations) {}

    /** @param millis at most */
    public record Gap(Instant at, long millis) {}

    public static RotationPicture of(Course course) {
        return new Walk(course).picture();
    }

    /** Every moment that is drawn, in their order. */
    public List<Instant> moments() {
        Set<Instant> moments = new TreeSet<>(List.of(from, until));
        now.ifPresent(moments::add);
        for (Lane lane : List.of(former, candidate)) {
            lane.stations().forEach(station -> moments.add(station.at()));
        }
        return List.copyOf(moments);
    }

    /** The lane as far as it is known. */
    private static final class Lining {
        private final String name;
        private final List<Stretch> stretches = new ArrayList<>();
        private final List<Station> stations = new ArrayList<>();
        private @Nullable Worth worth;
        private Instant since;

        Lining(String name, Instant from, @Nullable Worth worth) {
            this.name = name;
            this.since = from;
            this.worth = worth;
        }

        void becomes(@Nullable Worth next, Instant at) {
            if (worth != null && at.isAfter(since)) {
                stretches.add(new Stretch(since, at, worth, false));
            }
            worth = next;
            since = at;
        }

        void goesOn(Instant from, Instant to) {
            if (worth != null) {
                stretches.add(new Stretch(from, to, worth, true));
            }
        }

        Lane lane() {
            return new Lane(name, List.copyOf(stretches), List.copyOf(stations));
        }
    }

    /** Along the timeline, once. */
    private static final class Walk {
        private final Course course;
        private final Lining former;
        private final Lining candidate;
        private final Set<String> seen = new HashSet<>();
        private boolean rollingBack;
        private @Nullable Gap gap;
        private String phase = "";

        Walk(Course course) {
            this.course = course;
            this.former = new Lining(course.former(), course.requestedAt(), Worth.CURRENT);
            this.candidate = new Lining(course.candidate(), course.requestedAt(), null);
        }

        RotationPicture picture() {
            course.passed().forEach(this::pass);
            former.becomes(former.worth, course.now());
            candidate.becomes(candidate.worth, course.now());
            Instant until = course.ended() ? course.now() : ahead();
            return new RotationPicture(
                    former.lane(),
                    candidate.lane(),
                    course.requestedAt(),
                    course.ended() ? Optional.empty() : Optional.of(course.now()),
                    until,
                    Optional.ofNullable(gap));
        }

        /** A phase counts when it is first entered. */
        private void pass(Course.Passed passed) {
            phase = passed.phase();
            if (!seen.add(phase)) {
                return;
            }
            Milestone.at(course.kind(), phase, rollingBack).ifPresent(milestone -> {
                lining(milestone).stations.add(new Station(passed.at(), milestone.word(), false));
                turn(milestone.turn(), passed);
            });
            rollingBack |= Milestone.isWayBack(phase);
        }

        private Lining lining(Milestone milestone) {
            return milestone.onFormer() ? former : candidate;
        }

        private void turn(Turn turn, Course.Passed passed) {
            Instant at = passed.at();
            switch (turn) {
                case NOTHING -> {}
                case CANDIDATE_WORKS -> candidate.becomes(Worth.WORKS, at);
                case CANDIDATE_CURRENT -> {
                    candidate.becomes(Worth.CURRENT, at);
                    former.becomes(Worth.WORKS, at);
                }
                case CHANGED_PLACES -> {
                    candidate.becomes(Worth.CURRENT, at);
                    former.becomes(null, at);
                    gap = gap(passed);
                }
                case FORMER_ENDED -> former.becomes(null, at);
                case FORMER_WORKS -> former.becomes(Worth.WORKS, at);
                case FORMER_CURRENT -> {
                    former.becomes(Worth.CURRENT, at);
                    candidate.becomes(phase.equals("ROLLED_BACK") ? null : Worth.WORKS, at);
                }
                case CANDIDATE_ENDED -> candidate.becomes(null, at);
            }
        }

        private static @Nullable Gap gap(Course.Passed passed) {
            Matcher told = GAP.matcher(passed.note());
            return told.find() ? new Gap(passed.at(), Long.parseLong(told.group(1))) : null;
        }

        /** What is to come, and how far the picture goes for it. */
        private Instant ahead() {
            Instant now = course.now();
            Instant next = course.goesOn() == null || course.goesOn().isBefore(now) ? now : course.goesOn();
            Duration room = Duration.between(course.requestedAt(), next).dividedBy(ROOM);
            Instant until = next.plus(room.compareTo(LEAST_ROOM) < 0 ? LEAST_ROOM : room);
            Optional<Milestone> planned = course.goesOn() == null ? Optional.empty() : Milestone.after(phase);
            planned.ifPresent(milestone -> lining(milestone).stations.add(new Station(next, milestone.word(), true)));
            former.goesOn(now, ends(planned, Turn.FORMER_ENDED) ? next : until);
            candidate.goesOn(now, ends(planned, Turn.CANDIDATE_ENDED) ? next : until);
            return until;
        }

        private static boolean ends(Optional<Milestone> planned, Turn turn) {
            return planned.isPresent() && planned.get().turn() == turn;
        }
    }
}
