package io.gyre.worker.machine;

import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.worker.machine.Decision.NewCandidate;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Ordered;
import io.gyre.worker.machine.Happening.Postponed;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Happening.Woken;
import io.gyre.worker.machine.TargetModel.Reaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Walks every state that a machine and its target can reach together, when each effect may be done, refused, repeated,
 * lost on the way there or on the way back, or has to wait for its turn, the worker may die before it and after it, and an operator may order
 * anything at any moment.
 */
final class Walk {
    /**
     * One state: the rotation, the effect that is under way, the target, and what Gyre tells of it.
     *
     * @param effect null while the rotation sleeps, waits for a person, or has ended
     * @param current the credential that programs are given
     * @param stored whether Gyre has the candidate's value
     * @param orphans the credentials that are listed as nobody's
     */
    record Place(
            Rotation rotation,
            RotationState state,
            @Nullable Effect effect,
            TargetModel target,
            String current,
            boolean stored,
            Set<String> orphans) {
        boolean isGivenUp() {
            return state == RotationState.FAILED && rotation.memory().containsKey(Memory.GIVEN_UP);
        }

        boolean isRolledBack() {
            return state == RotationState.FAILED && !isGivenUp();
        }
    }

    private static final Now NOW = new Now(Play.NOON, Play.NOON, 0.5);

    /** An extension of nothing: a longer one would make a state of its own each time. */
    private static final List<Order> ORDERS =
            List.of(new Order.Retry(), new Order.RollBack(), new Order.GiveUp(), new Order.Extend(Duration.ZERO));

    private final Machine machine;
    private final Trigger trigger;
    private final Set<Place> seen = new HashSet<>();
    private final Deque<Place> ahead = new ArrayDeque<>();

    Walk(Machine machine) {
        this(machine, Trigger.AUTOMATIC);
    }

    Walk(Machine machine, Trigger trigger) {
        this.machine = machine;
        this.trigger = trigger;
    }

    Set<Place> from(
            String subType, Map<String, String> target, String former, @Nullable String idle, TargetModel model) {
        Rotation rotation = new Rotation(
                new UUID(0, 1),
                trigger,
                subType,
                target,
                Duration.ofHours(48),
                "REQUESTED",
                Map.of(),
                0,
                former,
                idle,
                null,
                Set.of());
        reach(new Place(rotation, RotationState.RUNNING, null, model, former, false, Set.of()));
        while (!ahead.isEmpty()) {
            Place place = ahead.remove();
            for (Next next : possible(place)) {
                go(place, next);
            }
        }
        return seen;
    }

    /** Something that may happen next, and the target after it. */
    private record Next(TargetModel target, Happening happening) {}

    private static List<Next> possible(Place place) {
        if (place.state().hasEnded()) {
            // What was left is removed by rolling back, once more and later.
            return place.orphans().isEmpty()
                    ? List.of()
                    : List.of(new Next(place.target(), ordered(new Order.RollBack())));
        }
        Effect effect = place.effect();
        List<Next> next = new ArrayList<>();
        Set<TargetModel> afterwards = new LinkedHashSet<>(Set.of(place.target()));
        if (effect != null) {
            for (Reaction reaction : place.target().perform(effect, place.rotation())) {
                next.add(new Next(reaction.after(), reaction.outcome()));
                next.add(new Next(reaction.after(), new Unclear("The answer was lost.")));
                afterwards.add(reaction.after());
            }
            next.add(new Next(place.target(), new Unclear("The call was lost.")));
            // By nothing, for the same reason as an extension.
            next.add(new Next(place.target(), new Postponed(Duration.ZERO)));
            for (Remedy remedy : List.of(Remedy.RETRY, Remedy.ASK_PERSON, Remedy.ROLL_BACK)) {
                next.add(new Next(place.target(), new Refused(remedy, remedy.name(), "No: " + remedy + ".")));
            }
        }
        for (TargetModel after : afterwards) {
            // The timer passed, the worker died, or somebody orders something.
            if (place.state() == RotationState.RUNNING) {
                next.add(new Next(after, new Woken()));
            }
            ORDERS.forEach(order -> next.add(new Next(after, ordered(order))));
        }
        return next;
    }

    private static Happening ordered(Order order) {
        return new Ordered(order, "ops");
    }

    private void go(Place place, Next next) {
        Decision decision;
        try {
            decision = machine.decide(place.rotation(), next.happening(), NOW);
        } catch (RuntimeException e) {
            throw new AssertionError("No decision on " + next.happening() + " in " + place, e);
        }
        if (next.happening() instanceof Done done
                && done.minted() != null
                && !(decision.candidate() instanceof NewCandidate.Adopt)) {
            throw new AssertionError("A credential that the target made was dropped in " + place);
        }
        Rotation rotation = place.rotation().after(decision);
        String current = decision.does(VersionMove.PROMOTE)
                ? next.target().candidate(rotation)
                : decision.does(VersionMove.DEMOTE) ? rotation.former() : place.current();
        boolean stored = (place.stored() || decision.candidate() != null) && !decision.does(VersionMove.DROP_CANDIDATE);
        reach(new Place(
                rotation,
                decision.state(),
                decision.effect(),
                next.target(),
                current,
                stored,
                orphansAfter(place, decision.orphan())));
    }

    private static Set<String> orphansAfter(Place place, @Nullable Orphan orphan) {
        if (orphan == null) {
            return place.orphans();
        }
        Set<String> orphans = new TreeSet<>(place.orphans());
        if (orphan.removed()) {
            orphans.remove(orphan.credentialName());
        } else {
            orphans.add(orphan.credentialName());
        }
        return Set.copyOf(orphans);
    }

    private void reach(Place place) {
        if (seen.add(place)) {
            ahead.add(place);
        }
    }
}
