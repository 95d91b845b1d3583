package io.gyre.worker.machine;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Decision.NewCandidate;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Ordered;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Postponed;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Woken;
import io.gyre.worker.machine.Row.On;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A machine as a table: (phase, what happened, what holds) → next phase. Lines are read from the top, the first that
 * fits counts. What no line names follows the rules that hold for every machine:
 *
 * <ul>
 *   <li>woken in a phase with an effect: the effect is performed again;
 *   <li>postponed: woken again later, in the same phase, and it counts neither as a failure nor as time spent looking;
 *   <li>not yet: look again after the phase's poll, for as long as its patience lasts;
 *   <li>unclear, or refused in a way that passes: again, from the phase itself or the one that the table names, after a
 *       delay of 10 s doubling to 300 s with full jitter;
 *   <li>when patience is at its end, and where no other value is taken: Failed if nothing was changed at the target, else
 *       rolled back if the table has a line for it and the candidate is not current yet, else a person is asked;
 *   <li>refused in a way that somebody has to mend: Failed if nothing was changed, else a person is asked;
 *   <li>an operator's order: see {@link OrderRules}.
 * </ul>
 *
 * Failures are counted over all phases between two rests, so no loop through several of them goes on for ever.
 *
 * @param <P> the machine's phases
 */
public final class Table<P extends Enum<P> & Phase> {
    private final Class<P> phases;
    private final List<Row<P>> rows;
    private final Map<P, P> retriedFrom;
    private final Function<Rotation, @Nullable String> leftover;
    private final @Nullable P removedFrom;
    private final OrderRules<P> orders = new OrderRules<>(this);

    Table(
            Class<P> phases,
            List<Row<P>> rows,
            Map<P, P> retriedFrom,
            Function<Rotation, @Nullable String> leftover,
            @Nullable P removedFrom) {
        this.phases = phases;
        this.rows = List.copyOf(rows);
        this.retriedFrom = Map.copyOf(retriedFrom);
        this.leftover = leftover;
        this.removedFrom = removedFrom;
    }

    /** The lines follow one by one. */
    public static <P extends Enum<P> & Phase> TableBuilder<P> of(Class<P> phases) {
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

    P phase(String name) {
        return Enum.valueOf(phases, name);
    }

    /** Whether the target is another one once this phase's effect has taken place. */
    boolean changesTheTarget(String phase) {
        return phase(phase).doing() instanceof Doing.Perform perform && perform.touches();
    }

    /** Which credential would be left at the target without anybody to use it, if the rotation ended now. */
    @Nullable
    String leftover(Rotation rotation) {
        return leftover.apply(rotation);
    }

    /**
     * The phase in which a rotation that is given up stays, for whoever removes what it leaves. On the way back and not
     * there yet, it is one that goes on: by then another rotation may have replaced what it would return to.
     */
    P phaseGivenUp(Rotation rotation) {
        boolean onTheWayBack = Memory.isPromoted(rotation) && Memory.isRollingBack(rotation);
        return onTheWayBack && removedFrom != null ? removedFrom : phase(rotation.phase());
    }

    /**
     * How long ago the thing that the phase waited for was last seen missing: the most that it can have been there
     * unnoticed.
     */
    static Duration sinceLastSeenMissing(Rotation rotation, Now now) {
        String from = rotation.memory().getOrDefault(Memory.NOT_YET_AT, rotation.fact(Memory.SINCE));
        return Duration.between(Instant.parse(from), now.operational());
    }

    Decision decide(Rotation rotation, Happening happening, Now now) {
        if (happening instanceof Postponed postponed) {
            return postpone(rotation, postponed);
        }
        return happening instanceof Ordered ordered
                ? orders.follow(afterwards(rotation, ordered), ordered, now)
                : react(rotation, happening, now);
    }

    Decision react(Rotation rotation, Happening happening, Now now) {
        P phase = phase(rotation.phase());
        if (happening instanceof Woken
                && rotation.memory().containsKey(Memory.NOT_SENT)
                && phase.doing() instanceof Doing.Perform postponed) {
            return begin(rotation, phase, postponed, now);
        }
        Rotation told = afterwards(rotation, happening);
        Rotation informed = happening instanceof Done done ? withReport(told, done) : told;
        Optional<Row<P>> row = row(phase, On.of(happening), informed);
        if (row.isPresent()) {
            return enter(row.get(), informed, happening, now);
        }
        if (!(phase.doing() instanceof Doing.Perform perform)) {
            throw new IllegalStateException("The table has no line for " + On.of(happening) + " in " + phase + ".");
        }
        return byTheCommonRules(told, phase, perform, happening, now);
    }

    /** Whether the target has been changed is known better once the first change has an outcome, or has none. */
    private static Rotation afterwards(Rotation rotation, Happening happening) {
        if (!Memory.ASKED_TO.equals(rotation.memory().get(Memory.TOUCHED))) {
            return rotation;
        }
        Map<String, String> memory = new HashMap<>(rotation.memory());
        if (happening instanceof Refused) {
            memory.remove(Memory.TOUCHED);
        } else {
            memory.put(Memory.TOUCHED, Memory.CHANGED);
        }
        return rotation.remembering(memory);
    }

    Optional<Row<P>> row(P phase, On on, Rotation rotation) {
        return rows.stream()
                .filter(row ->
                        row.from() == phase && row.on() == on && row.guard().test(rotation))
                .findFirst();
    }

    private static Rotation withReport(Rotation rotation, Done done) {
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.putAll(done.facts());
        Minted minted = done.minted();
        return rotation.with(
                rotation.phase(), memory, rotation.attempt(), minted == null ? rotation.candidate() : minted.name());
    }

    Decision enter(Row<P> row, Rotation rotation, Happening happening, Now now) {
        P next = row.to();
        NewCandidate candidate = newCandidate(row, rotation, happening);
        Rotation entered = rotation.with(
                next.name(),
                memoryAfter(row, rotation, now),
                attempts(row, rotation),
                candidate == null ? rotation.candidate() : candidate.credentialName());
        Map<String, String> memory = new HashMap<>(entered.memory());
        Wake wake = null;
        if (next.doing() instanceof Doing.Rest rest) {
            wake = rest(rest, entered, happening, now);
            memory.put(
                    Memory.REST_UNTIL, at(rest.clock(), now).plus(wake.after()).toString());
        }
        String finding = finding(next, entered);
        if (next.doing() instanceof Doing.AskPerson) {
            memory.put(Memory.ASKED, String.valueOf(finding));
        }
        String note = row.note() == null ? next.title() : row.note().apply(rotation, now);
        return new Decision(
                next.name(),
                stateIn(next),
                memory,
                entered.attempt(),
                candidate,
                row.moves(),
                row.orphan() == null ? null : row.orphan().apply(rotation),
                row.extension() == null ? Duration.ZERO : row.extension().apply(rotation),
                next.doing() instanceof Doing.Perform perform ? perform.effect().apply(entered) : null,
                wake,
                new Telling(note, finding, row.warning()));
    }

    private Map<String, String> memoryAfter(Row<P> row, Rotation rotation, Now now) {
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.remove(Memory.ASKED);
        memory.remove(Memory.NOT_SENT);
        if (row.to() != row.from()) {
            memory.put(Memory.SINCE, now.operational().toString());
            memory.remove(Memory.NOT_YET_AT);
        }
        if (row.stamp() != null) {
            memory.put(row.stamp(), now.calendar().toString());
        }
        if (changesTheTarget(row.to().name())) {
            memory.putIfAbsent(Memory.TOUCHED, Memory.ASKED_TO);
        }
        if (row.moves().contains(VersionMove.PROMOTE)) {
            memory.put(Memory.PROMOTED, now.calendar().toString());
        }
        if (row.moves().contains(VersionMove.DEMOTE)) {
            memory.remove(Memory.PROMOTED);
            memory.put(Memory.DEMOTED, now.calendar().toString());
        }
        return memory;
    }

    private static Wake rest(Doing.Rest rest, Rotation rotation, Happening happening, Now now) {
        if (happening instanceof Ordered ordered && ordered.order() instanceof Order.Extend extend) {
            return new Wake(rest.clock(), remaining(rest.clock(), rotation, now).plus(extend.by()));
        }
        return new Wake(rest.clock(), rest.howLong().apply(rotation));
    }

    /** How much is left of the rest that the rotation is, or was last, in. */
    static Duration remaining(Wake.Clock clock, Rotation rotation, Now now) {
        String until = rotation.memory().get(Memory.REST_UNTIL);
        if (until == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(at(clock, now), Instant.parse(until));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Instant at(Wake.Clock clock, Now now) {
        return clock == Wake.Clock.CALENDAR ? now.calendar() : now.operational();
    }

    private static @Nullable String finding(Phase phase, Rotation rotation) {
        if (phase.doing() instanceof Doing.AskPerson ask) {
            return ask.finding().apply(rotation);
        }
        return stateIn(phase) == RotationState.FAILED ? rotation.fact(Memory.WHY) : null;
    }

    /** Nothing was sent: a change that had only been asked for has not taken place. */
    private Decision postpone(Rotation rotation, Postponed postponed) {
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.remove(Memory.TOUCHED, Memory.ASKED_TO);
        memory.computeIfPresent(
                Memory.SINCE,
                (name, since) -> Instant.parse(since).plus(postponed.by()).toString());
        memory.put(Memory.NOT_SENT, "yes");
        boolean isTold = memory.put(Memory.POSTPONED, "yes") != null;
        Telling telling = isTold
                ? Telling.NOTHING
                : Telling.note("Waits for its turn: the cloud may not be called more often just now");
        Rotation later = rotation.remembering(memory);
        return running(later, later.phase(), null, Wake.soon(postponed.by()), telling);
    }

    /** What is stamped on the way to a change is when that was sent: only now. */
    private Decision begin(Rotation rotation, P phase, Doing.Perform perform, Now now) {
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.remove(Memory.NOT_SENT);
        rows.stream()
                .filter(row -> row.to() == phase && perform.touches() && row.stamp() != null)
                .forEach(row -> memory.put(row.stamp(), now.calendar().toString()));
        return perform(rotation.remembering(memory), perform);
    }

    private int attempts(Row<P> row, Rotation rotation) {
        if (!(row.to().doing() instanceof Doing.Perform) || row.on() == On.ROLLED_BACK) {
            return 0;
        }
        return row.to() == row.from() ? rotation.attempt() + 1 : rotation.attempt();
    }

    private @Nullable NewCandidate newCandidate(Row<P> row, Rotation rotation, Happening happening) {
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

    private Decision byTheCommonRules(Rotation rotation, P phase, Doing.Perform perform, Happening happening, Now now) {
        if (happening instanceof Woken) {
            return perform(rotation, perform);
        }
        Outcome outcome = (Outcome) happening;
        if (outcome instanceof NotYet notYet) {
            return lookAgain(rotation, phase, perform.patience(), notYet, now);
        }
        if (outcome instanceof Refused refused && refused.remedy() == Remedy.ASK_PERSON) {
            return mustBeMended(rotation, phase, refused.what());
        }
        if (outcome instanceof Refused refused && refused.remedy() != Remedy.RETRY) {
            return doesNotComeAbout(rotation, phase, refused.what(), now);
        }
        return tryAgain(rotation, phase, perform.patience(), outcome.what(), now);
    }

    private static Decision perform(Rotation rotation, Doing.Perform perform) {
        Map<String, String> memory = new HashMap<>(rotation.memory());
        if (perform.touches()) {
            memory.putIfAbsent(Memory.TOUCHED, Memory.ASKED_TO);
        }
        Rotation asking = rotation.remembering(memory);
        return running(asking, asking.phase(), perform.effect().apply(asking), null, Telling.NOTHING);
    }

    private Decision lookAgain(Rotation rotation, P phase, Patience patience, NotYet notYet, Now now) {
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.put(Memory.NOT_YET_AT, now.operational().toString());
        Rotation seen = rotation.remembering(memory);
        Duration waited = Duration.between(Instant.parse(rotation.fact(Memory.SINCE)), now.operational());
        return waited.compareTo(patience.longest()) > 0
                ? doesNotComeAbout(seen, phase, notYet.what() + " That is so for " + waited.toSeconds() + " s.", now)
                : running(seen, seen.phase(), null, Wake.soon(patience.poll()), Telling.NOTHING);
    }

    private Decision tryAgain(Rotation rotation, P phase, Patience patience, String what, Now now) {
        int attempt = rotation.attempt() + 1;
        if (attempt >= patience.attempts()) {
            return doesNotComeAbout(rotation, phase, what + " It was tried " + attempt + " times.", now);
        }
        Duration delay = Patience.backoff(attempt, now.jitter());
        String note = what + " Next try in " + Math.max(1, delay.toSeconds()) + " s.";
        Rotation failedOnceMore = rotation.tried(attempt);
        return running(failedOnceMore, retried(phase).name(), null, Wake.soon(delay), Telling.note(note));
    }

    private P retried(P phase) {
        return retriedFrom.getOrDefault(phase, phase);
    }

    static Decision running(
            Rotation rotation, String phase, @Nullable Effect effect, @Nullable Wake wake, Telling telling) {
        return Decision.plain(
                phase, RotationState.RUNNING, rotation.memory(), rotation.attempt(), effect, wake, telling);
    }

    /** Trying on does not help: back to where secret and target agree, by itself if that can be done. */
    private Decision doesNotComeAbout(Rotation rotation, P phase, String finding, Now now) {
        Optional<Row<P>> back = row(phase, On.ROLLED_BACK, rotation);
        boolean mayGoBack =
                Memory.isTouched(rotation) && !Memory.isPromoted(rotation) && !Memory.isRollingBack(rotation);
        return mayGoBack && back.isPresent()
                ? rollBack(back.get(), rotation, new Woken(), finding, now)
                : mustBeMended(rotation, phase, finding);
    }

    Decision rollBack(Row<P> row, Rotation rotation, Happening happening, String why, Now now) {
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.put(Memory.WHY, why);
        Rotation turned = rotation.remembering(memory).tried(0);
        Decision decision = enter(row, turned, happening, now);
        Telling telling = decision.telling();
        return decision.telling(new Telling(why + " " + telling.note() + ".", telling.finding(), telling.warning()));
    }

    /** A person who has mended what was wrong lets it go on from where it is retried, with a fresh budget. */
    private Decision mustBeMended(Rotation rotation, P phase, String finding) {
        if (!Memory.isTouched(rotation)) {
            return failUntouched(rotation, finding, Telling.finding(finding));
        }
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.put(Memory.ASKED, finding);
        return Decision.plain(
                retried(phase).name(), RotationState.WAITING, memory, 0, null, null, Telling.finding(finding));
    }

    static Decision failUntouched(Rotation rotation, String why, Telling telling) {
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.put(Memory.WHY, why);
        memory.remove(Memory.ASKED);
        return new Decision(
                rotation.phase(),
                RotationState.FAILED,
                memory,
                0,
                null,
                Set.of(VersionMove.DROP_CANDIDATE),
                null,
                Duration.ZERO,
                null,
                null,
                telling);
    }
}
