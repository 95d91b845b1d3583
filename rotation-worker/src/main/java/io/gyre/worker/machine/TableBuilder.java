package io.gyre.worker.machine;

import io.gyre.worker.machine.Row.On;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Table} so that it reads line by line. */
public final class TableBuilder<P extends Enum<P> & Phase> {
    private final Class<P> phases;
    private final List<Row<P>> rows = new ArrayList<>();
    private final Map<P, P> retriedFrom = new HashMap<>();
    private Function<Rotation, @Nullable String> leftover = rotation -> null;
    private @Nullable P removedFrom;

    TableBuilder(Class<P> phases) {
        this.phases = phases;
    }

    public Line woken(P from) {
        return new Line(List.of(from), On.WOKEN);
    }

    public Line done(P from) {
        return new Line(List.of(from), On.DONE);
    }

    public Line unclear(P from) {
        return new Line(List.of(from), On.UNCLEAR);
    }

    /** The target refuses the value, not the call. */
    public Line valueRefused(P from) {
        return new Line(List.of(from), On.VALUE_REFUSED);
    }

    /** What was begun is to be taken back. */
    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    final Line rolledBack(P... from) {
        return new Line(List.of(from), On.ROLLED_BACK);
    }

    /** An operator lets both credentials work for longer. */
    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    final Line extended(P... from) {
        return new Line(List.of(from), On.EXTENDED);
    }

    /** What fails in this phase is tried again from an earlier one. */
    public TableBuilder<P> failing(P phase, P triedAgainFrom) {
        retriedFrom.put(phase, triedAgainFrom);
        return this;
    }

    /** Which credential may be left at the target without anybody to use it, if the rotation is given up as it is. */
    public TableBuilder<P> leaving(Function<Rotation, @Nullable String> credentialName) {
        leftover = credentialName;
        return this;
    }

    /** Where the removal of what was left begins, if it was given up on the way back and the candidate is current. */
    TableBuilder<P> removingIt(P from) {
        removedFrom = from;
        return this;
    }

    public Table<P> build() {
        return new Table<>(phases, rows, retriedFrom, leftover, removedFrom);
    }

    /** A line that is being written; {@link #go} ends its left side. */
    public final class Line {
        private final List<P> from;
        private final On on;
        private String guardName = "";
        private Predicate<Rotation> guard = rotation -> true;

        Line(List<P> from, On on) {
            this.from = from;
            this.on = on;
        }

        /** @param name what must hold, in words, for the diagram */
        public Line where(String name, Predicate<Rotation> holds) {
            guardName = name;
            guard = holds;
            return this;
        }

        public Target go(P to) {
            return new Target(this, to);
        }
    }

    /** The right side of a line; the next line's left side, or {@link #build}, ends it. */
    public final class Target {
        private final Line line;
        private final P to;
        private @Nullable Function<Rotation, Recipe> recipe;
        private boolean adopts;
        private final Set<VersionMove> moves = EnumSet.noneOf(VersionMove.class);
        private @Nullable Function<Rotation, Orphan> orphan;
        private @Nullable Function<Rotation, Duration> extension;
        private @Nullable String stamp;
        private @Nullable BiFunction<Rotation, Now, String> note;
        private boolean warning;

        Target(Line line, P to) {
            this.line = line;
            this.to = to;
        }

        /** A credential is made on the way, unless there is one already. */
        public Target making(Function<Rotation, Recipe> what) {
            recipe = what;
            return this;
        }

        /** The credential that the target just made becomes the candidate. */
        public Target adopting() {
            adopts = true;
            return this;
        }

        /** The candidate becomes ACSCurrent on the way. */
        public Target promoting() {
            return moving(VersionMove.PROMOTE);
        }

        /** The former one becomes ACSCurrent again on the way. */
        public Target demoting() {
            return moving(VersionMove.DEMOTE);
        }

        /** The former version is deleted on the way: its credential no longer exists. */
        public Target forgettingTheFormer() {
            return moving(VersionMove.FORGET_FORMER);
        }

        /** The candidate's version is deleted on the way: its credential does not exist, or not any more. */
        public Target droppingTheCandidate() {
            return moving(VersionMove.DROP_CANDIDATE);
        }

        private Target moving(VersionMove move) {
            moves.add(move);
            return this;
        }

        /** A credential is listed, or ends being listed, as one that nobody is given. */
        public Target orphan(Function<Rotation, Orphan> what) {
            orphan = what;
            return this;
        }

        /** The rotation takes that much longer than was expected. */
        public Target extending(Function<Rotation, Duration> by) {
            extension = by;
            return this;
        }

        /** The calendar's time is remembered under this name. */
        public Target stamping(String name) {
            stamp = name;
            return this;
        }

        /** What the timeline says, instead of the next phase's title. */
        public Target saying(BiFunction<Rotation, Now, String> what) {
            note = what;
            return this;
        }

        /** As {@link #saying}, of something that somebody should look into. */
        public Target warning(BiFunction<Rotation, Now, String> what) {
            warning = true;
            return saying(what);
        }

        public Line woken(P from) {
            return ended().woken(from);
        }

        public Line done(P from) {
            return ended().done(from);
        }

        public Line unclear(P from) {
            return ended().unclear(from);
        }

        public Line valueRefused(P from) {
            return ended().valueRefused(from);
        }

        @SafeVarargs
        @SuppressWarnings("varargs") // Only read.
        final Line rolledBack(P... from) {
            return ended().rolledBack(from);
        }

        @SafeVarargs
        @SuppressWarnings("varargs") // Only read.
        final Line extended(P... from) {
            return ended().extended(from);
        }

        public TableBuilder<P> failing(P phase, P triedAgainFrom) {
            return ended().failing(phase, triedAgainFrom);
        }

        public TableBuilder<P> leaving(Function<Rotation, @Nullable String> credentialName) {
            return ended().leaving(credentialName);
        }

        public Table<P> build() {
            return ended().build();
        }

        private TableBuilder<P> ended() {
            for (P from : line.from) {
                rows.add(new Row<>(
                        from,
                        line.on,
                        line.guardName,
                        line.guard,
                        to,
                        recipe,
                        adopts,
                        moves,
                        orphan,
                        extension,
                        stamp,
                        note,
                        warning));
            }
            return TableBuilder.this;
        }
    }
}
