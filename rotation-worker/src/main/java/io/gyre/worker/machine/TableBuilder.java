package io.gyre.worker.machine;

import io.gyre.worker.machine.Row.On;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Table} so that it reads line by line. */
final class TableBuilder<P extends Enum<P> & Phase> {
    private final Class<P> phases;
    private final List<Row<P>> rows = new ArrayList<>();
    private final Map<P, P> retriedFrom = new HashMap<>();

    TableBuilder(Class<P> phases) {
        this.phases = phases;
    }

    Line woken(P from) {
        return new Line(from, On.WOKEN);
    }

    Line done(P from) {
        return new Line(from, On.DONE);
    }

    Line unclear(P from) {
        return new Line(from, On.UNCLEAR);
    }

    /** The target refuses the value, not the call. */
    Line valueRefused(P from) {
        return new Line(from, On.VALUE_REFUSED);
    }

    /** What fails in this phase is tried again from an earlier one. */
    TableBuilder<P> failing(P phase, P triedAgainFrom) {
        retriedFrom.put(phase, triedAgainFrom);
        return this;
    }

    Table<P> build() {
        return new Table<>(phases, rows, retriedFrom);
    }

    /** A line that is being written; {@link #go} ends its left side. */
    final class Line {
        private final P from;
        private final On on;
        private String guardName = "";
        private Predicate<Rotation> guard = rotation -> true;

        Line(P from, On on) {
            this.from = from;
            this.on = on;
        }

        /** @param name what must hold, in words, for the diagram */
        Line where(String name, Predicate<Rotation> holds) {
            guardName = name;
            guard = holds;
            return this;
        }

        Target go(P to) {
            return new Target(this, to);
        }
    }

    /** The right side of a line; the next line's left side, or {@link #build}, ends it. */
    final class Target {
        private final Line line;
        private final P to;
        private @Nullable Function<Rotation, Recipe> recipe;
        private boolean adopts;
        private boolean promotes;
        private boolean forgetsFormer;
        private @Nullable String stamp;
        private @Nullable BiFunction<Rotation, Now, String> note;

        Target(Line line, P to) {
            this.line = line;
            this.to = to;
        }

        /** A credential is made on the way, unless there is one already. */
        Target making(Function<Rotation, Recipe> what) {
            recipe = what;
            return this;
        }

        /** The credential that the target just made becomes the candidate. */
        Target adopting() {
            adopts = true;
            return this;
        }

        /** The candidate becomes ACSCurrent on the way. */
        Target promoting() {
            promotes = true;
            return this;
        }

        /** The former version is deleted on the way: its credential no longer exists. */
        Target forgettingTheFormer() {
            forgetsFormer = true;
            return this;
        }

        /** The calendar's time is remembered under this name. */
        Target stamping(String name) {
            stamp = name;
            return this;
        }

        /** What the timeline says, instead of the next phase's title. */
        Target saying(BiFunction<Rotation, Now, String> what) {
            note = what;
            return this;
        }

        Line woken(P from) {
            return ended().woken(from);
        }

        Line done(P from) {
            return ended().done(from);
        }

        Line unclear(P from) {
            return ended().unclear(from);
        }

        Line valueRefused(P from) {
            return ended().valueRefused(from);
        }

        TableBuilder<P> failing(P phase, P triedAgainFrom) {
            return ended().failing(phase, triedAgainFrom);
        }

        Table<P> build() {
            return ended().build();
        }

        private TableBuilder<P> ended() {
            rows.add(new Row<>(
                    line.from,
                    line.on,
                    line.guardName,
                    line.guard,
                    to,
                    recipe,
                    adopts,
                    promotes,
                    forgetsFormer,
                    stamp,
                    note));
            return TableBuilder.this;
        }
    }
}
