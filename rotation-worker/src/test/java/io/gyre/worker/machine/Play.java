package io.gyre.worker.machine;

import io.gyre.rotation.RotationState;
import io.gyre.rotation.Trigger;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Happening.Done;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plays a machine by hand: what happens is given, and what was decided is remembered. */
final class Play {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Machine machine;
    private Rotation rotation;
    private Instant operational = NOON;
    private Instant calendar = NOON;
    final List<Decision> decisions = new ArrayList<>();

    Play(Machine machine, String subType, Map<String, String> target, String former, @Nullable String idle) {
        this(machine, Trigger.AUTOMATIC, subType, target, former, idle);
    }

    Play(
            Machine machine,
            Trigger trigger,
            String subType,
            Map<String, String> target,
            String former,
            @Nullable String idle) {
        this.machine = machine;
        this.rotation = new Rotation(
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
    }

    Decision happens(Happening happening) {
        Decision decision = machine.decide(rotation, happening, new Now(operational, calendar, 0.5));
        decisions.add(decision);
        rotation = rotation.after(decision);
        return decision;
    }

    Decision woken() {
        return happens(new Happening.Woken());
    }

    Decision ordered(Order order) {
        return happens(new Happening.Ordered(order, "ops"));
    }

    Decision done() {
        return happens(Done.plain());
    }

    Decision done(Map<String, String> facts) {
        return happens(Done.with(facts));
    }

    Decision made(String name) {
        return happens(new Done(Map.of(), new Minted(name, SecretText.of("secret of " + name))));
    }

    void passes(Duration onBothClocks) {
        operational = operational.plus(onBothClocks);
        calendar = calendar.plus(onBothClocks);
    }

    Rotation rotation() {
        return rotation;
    }

    List<String> phases() {
        return decisions.stream().map(Decision::phase).toList();
    }

    long promotions() {
        return decisions.stream().filter(each -> each.does(VersionMove.PROMOTE)).count();
    }

    Decision last() {
        return decisions.get(decisions.size() - 1);
    }

    String note() {
        return String.valueOf(last().telling().note());
    }

    RotationState state() {
        return last().state();
    }
}
