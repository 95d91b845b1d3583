package io.gyre.worker.machine;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Decision.NewCandidate;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Happening.Woken;
import io.gyre.worker.machine.Row.On;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine as a table: (phase, what happened, what holds) → next phase. Lines are read from the top, the first that
 * fits counts. What no line names follows the rules that hold for every machine:
 *
 * <ul>
 *   <li>woken in a phase with an effect: the effect is performed again;
 *   <li>not yet: look again after the phase's poll, for as long as its patience lasts;
 *   <li>unclear, or refused in a way that passes: again, from the phase itself or the one that the table names, after a
 *       delay of 10 s doubling to 300 s with full jitter;
 *   <li>otherwise, and when patience is at its end: Failed if nothing was changed at the target, else a person is asked.
 * </ul>
 *
 * Failures are counted over all phases between two rests, so no loop through several of them goes on for ever.
 *
 * @param <P> the machine's phases
 */
public final class Table<P extends Enum<P> & Phase> {
    /** Set once a phase has begun that changes the target: from then on a rotation does not simply fail. */
    static final String TOUCHED = "touched";

    /** When the phase began, and when what it waits for was last seen missing, on the operational clock. */
    static final String SINCE = "since";

    static final String NOT_YET_AT = "notYetAt";

    private final Class<P> phases;
    private final List<Row<P>> rows;
    private final Map<P, P> retriedFrom;

    Table(Class<P> phases, List<Row<P>> rows, Map<P, P> retriedFrom) {
        this.phases = phases;
        this.rows = List.copyOf(rows);
        this.retriedFrom = Map.copyOf(retriedFrom);
    }

    static <P extends Enum<P> & Phase> TableBuilder<P> of(Class<P> phases) {
        return new TableBuilder<>(phases);
    }

    List<Row<P>> rows() {
        return rows;
    }

    /** Where a phase is tried from again after a failure, if not from itself. */
    Map<P, P> retriedFrom() {
        return retriedFrom;
    }

    Class<P> phases() {
        return phases;
    }

    /**
     * How long ago the thing that the phase waited for was last seen missing: the most that it can have been there
     * unnoticed.
     */
    static Duration sinceLastSeenMissing(Rotation rotation, Now now) {
        String from = rotation.memory().getOrDefault(NOT_YET_AT, rotation.fact(SINCE));
        return Duration.between(Instant.parse(from), now.operational());
    }

    Decision decide(Rotation rotation, Happening happening, Now now) {
        P phase = Enum.valueOf(phases, rotation.phase());
        Rotation informed = happening instanceof Done done ? withReport(rotation, done) : rotation;
        for (Row<P> row : rows) {
            if (row.from() == phase
                    && row.on() == On.of(happening)
                    && row.guard().test(informed)) {
                return enter(row, informed, happening, now);
            }
        }
        if (!(phase.doing() instanceof Doing.Perform perform)) {
            throw new IllegalStateException("The table has no line for " + On.of(happening) + " in " + phase + ".");
        }
        String retry = retriedFrom.getOrDefault(phase, phase).name();
        return byTheCommonRules(rotation, perform, retry, happening, now);
    }

    private static Rotation withReport(Rotation rotation, Done done) {
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.putAll(done.facts());
        Minted minted = done.minted();
        return rotation.with(
                rotation.phase(), memory, rotation.attempt(), minted == null ? rotation.candidate() : minted.name());
    }

    private Decision enter(Row<P> row, Rotation rotation, Happening happening, Now now) {
        P next = row.to();
        boolean again = next == row.from();
        Map<String, String> memory = new HashMap<>(rotation.memory());
        if (!again) {
            memory.put(SINCE, now.operational().toString());
            memory.remove(NOT_YET_AT);
        }
        if (row.stamp() != null) {
            memory.put(row.stamp(), now.calendar().toString());
        }
        if (next.doing() instanceof Doing.Perform perform && perform.touches()) {
            memory.put(TOUCHED, "yes");
        }
        NewCandidate candidate = newCandidate(row, rotation, happening);
        String candidateName = candidate == null ? rotation.candidate() : candidate.credentialName();
        int attempt = attempts(row, rotation, again);
        Rotation entered = rotation.with(next.name(), memory, attempt, candidateName);
        String note = row.note() == null ? next.title() : row.note().apply(rotation, now);
        return new Decision(
                next.name(),
                stateIn(next),
                memory,
                attempt,
                candidate,
                row.promotes(),
                row.forgetsFormer(),
                next.doing() instanceof Doing.Perform perform ? perform.effect().apply(entered) : null,
                next.doing() instanceof Doing.Rest rest
                        ? new Wake(rest.clock(), rest.howLong().apply(entered))
                        : null,
                note,
                next.doing() instanceof Doing.AskPerson ask ? ask.finding().apply(entered) : null);
    }

    private static <P extends Enum<P> & Phase> int attempts(Row<P> row, Rotation rotation, boolean again) {
        if (again) {
            return rotation.attempt() + 1;
        }
        return row.to().doing() instanceof Doing.Perform ? rotation.attempt() : 0;
    }

    private static <P extends Enum<P> & Phase> @Nullable NewCandidate newCandidate(
            Row<P> row, Rotation rotation, Happening happening) {
        if (row.adopts() && happening instanceof Done done && done.minted() != null) {
            return new NewCandidate.Adopt(done.minted());
        }
        // A candidate that is committed already is kept: a repeated effect must carry the same one, and a value that
        // the caller chose is there from the request on. Only a refusal of the value itself asks for another.
        if (row.recipe() != null && (rotation.candidate() == null || row.on() == On.VALUE_REFUSED)) {
            return new NewCandidate.Make(row.recipe().apply(rotation));
        }
        return null;
    }

    private static RotationState stateIn(Phase phase) {
        if (phase.doing() instanceof Doing.Finish finish) {
            return finish.state();
        }
        return phase.doing() instanceof Doing.AskPerson ? RotationState.WAITING : RotationState.RUNNING;
    }

    private static Decision byTheCommonRules(
            Rotation rotation, Doing.Perform perform, String retry, Happening happening, Now now) {
        Patience patience = perform.patience();
        if (happening instanceof Woken) {
            return stay(rotation, rotation.phase(), perform.effect().apply(rotation), null, null);
        }
        if (happening instanceof NotYet notYet) {
            Map<String, String> memory = new HashMap<>(rotation.memory());
            memory.put(NOT_YET_AT, now.operational().toString());
            Rotation seen = rotation.with(rotation.phase(), memory, rotation.attempt(), rotation.candidate());
            Duration waited = Duration.between(Instant.parse(rotation.fact(SINCE)), now.operational());
            return waited.compareTo(patience.longest()) > 0
                    ? giveUp(seen, retry, notYet.what() + " That is so for " + waited.toSeconds() + " s.")
                    : stay(seen, seen.phase(), null, Wake.soon(patience.poll()), null);
        }
        if (happening instanceof Refused refused && refused.remedy() != Remedy.RETRY) {
            return giveUp(rotation, retry, refused.what());
        }
        String what = happening instanceof Refused refused ? refused.what() : ((Unclear) happening).what();
        int attempt = rotation.attempt() + 1;
        if (attempt >= patience.attempts()) {
            return giveUp(rotation, retry, what + " It was tried " + attempt + " times.");
        }
        Duration delay = Patience.backoff(attempt, now.jitter());
        String note = what + " Next try in " + Math.max(1, delay.toSeconds()) + " s.";
        Rotation failedOnceMore = rotation.with(rotation.phase(), rotation.memory(), attempt, rotation.candidate());
        return stay(failedOnceMore, retry, null, Wake.soon(delay), note);
    }

    private static Decision stay(
            Rotation rotation, String phase, @Nullable Effect effect, @Nullable Wake wake, @Nullable String note) {
        return new Decision(
                phase,
                RotationState.RUNNING,
                rotation.memory(),
                rotation.attempt(),
                null,
                false,
                false,
                effect,
                wake,
                note,
                null);
    }

    /** A person who has mended what was wrong lets it go on from {@code retry}, with a fresh budget. */
    private static Decision giveUp(Rotation rotation, String retry, String finding) {
        RotationState state = rotation.memory().containsKey(TOUCHED) ? RotationState.WAITING : RotationState.FAILED;
        return new Decision(retry, state, rotation.memory(), 0, null, false, false, null, null, finding, finding);
    }
}
