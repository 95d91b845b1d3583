package io.gyre.worker.machine;

import io.gyre.rotation.RotationState;
import io.gyre.worker.machine.Happening.Ordered;
import io.gyre.worker.machine.Happening.Woken;
import io.gyre.worker.machine.Row.On;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How every machine follows an operator's order. One that cannot be followed changes nothing, and the timeline says why.
 *
 * @param <P> the machine's phases
 */
final class OrderRules<P extends Enum<P> & Phase> {
    private final Table<P> table;

    OrderRules(Table<P> table) {
        this.table = table;
    }

    Decision follow(Rotation rotation, Ordered ordered, Now now) {
        Order order = ordered.order();
        if (order instanceof Order.Retry) {
            return retry(rotation, ordered, now);
        }
        if (order instanceof Order.RollBack) {
            return rollBack(rotation, ordered, now);
        }
        return order instanceof Order.GiveUp ? giveUp(rotation, ordered) : extend(rotation, ordered, now);
    }

    private Decision retry(Rotation rotation, Ordered ordered, Now now) {
        Phase phase = table.phase(rotation.phase());
        boolean rests = phase.doing() instanceof Doing.Rest rest && rest.clock() == Wake.Clock.CALENDAR;
        // One that was given up is ordered on only to remove what it left: nobody uses that, so nothing is waited for.
        if (rests && !Memory.wasGivenUp(rotation)) {
            return decline(rotation, ordered, "there is nothing to retry, it rests until " + restsUntil(rotation), now);
        }
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.remove(Memory.ASKED);
        memory.put(Memory.SINCE, now.operational().toString());
        Rotation fresh = rotation.remembering(memory).tried(0);
        Decision decision = table.react(fresh, new Woken(), now);
        String note = decision.telling().note();
        String goesOn = note == null ? table.phase(decision.phase()).title() : note;
        return decision.telling(
                new Telling(said(ordered) + ": " + goesOn, decision.telling().finding(), false));
    }

    private Decision rollBack(Rotation rotation, Ordered ordered, Now now) {
        boolean givenUp = Memory.wasGivenUp(rotation);
        if (Memory.isRollingBack(rotation) || (givenUp && Memory.isPromoted(rotation))) {
            // What is left is removed by going on: the other one has been current for long.
            return retry(rotation, ordered, now);
        }
        Optional<Row<P>> back = table.row(table.phase(rotation.phase()), On.ROLLED_BACK, rotation);
        String why = said(ordered) + ".";
        if (back.isPresent() && Memory.isTouched(rotation)) {
            return table.rollBack(back.get(), rotation, ordered, why, now);
        }
        return Memory.isTouched(rotation)
                ? decline(rotation, ordered, "it cannot be rolled back any more: the former credential is gone", now)
                : Table.failUntouched(
                        rotation, why, new Telling(why + " Nothing had been changed at the target.", why, false));
    }

    /** A candidate that the target may hold is kept as a version: nobody else has its value. */
    private Decision giveUp(Rotation rotation, Ordered ordered) {
        Map<String, String> memory = new HashMap<>(rotation.memory());
        memory.remove(Memory.ASKED);
        memory.put(Memory.GIVEN_UP, "yes");
        P phase = table.phaseGivenUp(rotation);
        if (phase != table.phase(rotation.phase())) {
            memory.remove(Memory.WHY);
        }
        boolean touched = Memory.isTouched(rotation);
        String left = touched ? table.leftover(rotation) : null;
        String finding = said(ordered) + " while it was at \""
                + table.phase(rotation.phase()).title() + "\"." + ending(rotation, touched, left);
        return new Decision(
                phase.name(),
                RotationState.FAILED,
                memory,
                0,
                null,
                movesOnGivingUp(rotation, touched),
                left == null ? null : Orphan.left(left),
                Duration.ZERO,
                null,
                null,
                Telling.finding(finding));
    }

    private static Set<VersionMove> movesOnGivingUp(Rotation rotation, boolean touched) {
        if (Memory.isPromoted(rotation)) {
            return EnumSet.noneOf(VersionMove.class);
        }
        return EnumSet.of(touched ? VersionMove.KEEP_CANDIDATE : VersionMove.DROP_CANDIDATE);
    }

    private static String ending(Rotation rotation, boolean touched, @Nullable String left) {
        if (!touched) {
            return " Nothing had been changed at the target.";
        }
        if (left != null) {
            return " The target may hold " + left + ", which is listed as an orphan until it is removed.";
        }
        if (Memory.isPromoted(rotation)) {
            return " The new credential is current.";
        }
        return rotation.candidate() == null
                ? " What the target was asked for last may still take effect there: look at it before you rotate again."
                : " The target may hold the new credential: its version is kept without a label. Rotate again.";
    }

    private Decision extend(Rotation rotation, Ordered ordered, Now now) {
        Optional<Row<P>> row = table.row(table.phase(rotation.phase()), On.EXTENDED, rotation);
        if (row.isEmpty()) {
            return decline(rotation, ordered, "there is no overlap that could be extended", now);
        }
        Decision decision = table.enter(row.get(), rotation, ordered, now);
        String until = String.valueOf(decision.memory().get(Memory.REST_UNTIL));
        Order.Extend extend = (Order.Extend) ordered.order();
        return decision.telling(Telling.note(said(ordered) + ". Both credentials work until " + seconds(until) + "."))
                .extended(extend.by());
    }

    /** Goes on as if nothing had been ordered, and says why. */
    private Decision decline(Rotation rotation, Ordered ordered, String why, Now now) {
        String note = said(ordered) + "; " + why + ".";
        String asked = rotation.memory().get(Memory.ASKED);
        if (asked != null) {
            return Decision.plain(
                    rotation.phase(),
                    RotationState.WAITING,
                    rotation.memory(),
                    0,
                    null,
                    null,
                    new Telling(note, asked, false));
        }
        if (table.phase(rotation.phase()).doing() instanceof Doing.Rest rest) {
            Wake wake = new Wake(rest.clock(), Table.remaining(rest.clock(), rotation, now));
            return Table.running(rotation, rotation.phase(), null, wake, Telling.note(note));
        }
        return table.react(rotation, new Woken(), now).telling(Telling.note(note));
    }

    private static String said(Ordered ordered) {
        return ordered.by() + " ordered " + ordered.order().words();
    }

    private static String restsUntil(Rotation rotation) {
        return seconds(rotation.fact(Memory.REST_UNTIL));
    }

    private static String seconds(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
