package io.gyre.worker.machine;

import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.worker.machine.Decision.NewCandidate;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Happening.Woken;
import io.gyre.worker.machine.TargetModel.Reaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Walks every state that a machine and its target can reach together, when each effect may be done, refused, repeated,
 * lost on the way there or on the way back, and the worker may die before it and after it.
 */
final class Walk {
    /**
     * One state: the rotation, the effect that is under way, the target, and the credential that programs are given.
     *
     * @param effect null while the rotation sleeps, waits for a person, or has ended
     */
    record Place(
            Rotation rotation,
            RotationState state,
            @Nullable Effect effect,
            TargetModel target,
            String current) {}

    private static final Now NOW = new Now(Play.NOON, Play.NOON, 0.5);

    private final Machine machine;
    private final Set<Place> seen = new HashSet<>();
    private final Deque<Place> ahead = new ArrayDeque<>();

    Walk(Machine machine) {
        this.machine = machine;
    }

    Set<Place> from(
            String subType, Map<String, String> target, String former, @Nullable String idle, TargetModel model) {
        Rotation rotation = new Rotation(
                new UUID(0, 1),
                Trigger.AUTOMATIC,
                subType,
                target,
                Duration.ofHours(48),
                "REQUESTED",
                Map.of(),
                0,
                former,
                idle,
                null);
        reach(new Place(rotation, RotationState.RUNNING, null, model, former));
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
            return List.of();
        }
        Effect effect = place.effect();
        if (effect == null) {
            // The timer passed, or a person asks for another try.
            return List.of(new Next(place.target(), new Woken()));
        }
        List<Next> next = new ArrayList<>();
        for (Reaction reaction : place.target().perform(effect, place.rotation())) {
            next.add(new Next(reaction.after(), reaction.outcome()));
            next.add(new Next(reaction.after(), new Unclear("The answer was lost.")));
            next.add(new Next(reaction.after(), new Woken()));
        }
        next.add(new Next(place.target(), new Unclear("The call was lost.")));
        next.add(new Next(place.target(), new Woken()));
        next.add(new Next(place.target(), new Refused(Remedy.RETRY, "Throttling", "Busy.")));
        next.add(new Next(place.target(), new Refused(Remedy.ASK_PERSON, "Forbidden", "No.")));
        return next;
    }

    private void go(Place place, Next next) {
        Decision decision = machine.decide(place.rotation(), next.happening(), NOW);
        if (next.happening() instanceof Done done
                && done.minted() != null
                && !(decision.candidate() instanceof NewCandidate.Adopt)) {
            throw new AssertionError("A credential that the target made was dropped in " + place);
        }
        Rotation rotation = place.rotation().after(decision);
        String current = decision.promote() ? next.target().candidate(rotation) : place.current();
        reach(new Place(rotation, decision.state(), decision.effect(), next.target(), current));
    }

    private void reach(Place place) {
        if (seen.add(place)) {
            ahead.add(place);
        }
    }
}
