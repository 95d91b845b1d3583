package io.gyre.fleet;

import io.gyre.rotation.Trigger;
import io.gyre.schedule.Policy;
import io.gyre.worker.machine.EcsEffect;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.RamEffect;
import io.gyre.worker.machine.RdsEffect;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Rotation;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A secret, its target, and its rotation where one is under way. */
final class FleetSecret {
    final long id;
    final Kind kind;
    final RamUser user = new RamUser();

    Policy policy;
    /** When its next rotation by the policy would begin if nothing were ever out of order. */
    Instant ideal;

    String current;

    @Nullable
    String previous;

    @Nullable
    Rotation rotation;

    /** Grow with each plan that is made for it, and with each thing that happens to its rotation. */
    long plans;

    long happenings;

    boolean byCampaign;
    boolean promoted;
    int failures;

    FleetSecret(long id, Kind kind, Policy policy, Instant ideal) {
        this.id = id;
        this.kind = kind;
        this.policy = policy;
        this.ideal = ideal;
        this.current = kind == Kind.RAM ? user.first(policy.setAt()) : "app_a";
        this.previous = kind == Kind.RDS_PAIR ? "app_b" : null;
    }

    Rotation begin(Trigger trigger, long number) {
        Rotation begun = new Rotation(
                new UUID(id, number),
                trigger,
                kind.subType,
                kind.target,
                kind.overlap(),
                "REQUESTED",
                Map.of(),
                0,
                current,
                previous,
                null,
                Set.of());
        rotation = begun;
        happenings++;
        byCampaign = trigger == Trigger.IMMEDIATE;
        promoted = false;
        return begun;
    }

    /** What the target answers if it is in order. */
    Outcome perform(Effect effect, Rotation asking, Instant now) {
        if (effect instanceof RamEffect ram) {
            return user.perform(ram, asking, now);
        }
        if (effect instanceof RdsEffect.InspectAccount) {
            return Done.with(Map.of(RdsRotation.HOST, "db", RdsRotation.PORT, "5432"));
        }
        if (effect instanceof RdsEffect.ReachDatabase) {
            return Done.with(Map.of(RdsRotation.LOGIN, "works"));
        }
        if (effect instanceof EcsEffect.InspectInstance) {
            return Done.with(Map.of(EcsRotation.HOST, "host"));
        }
        if (effect instanceof EcsEffect.ReachSsh) {
            return Done.with(Map.of(EcsRotation.LOGIN, "works"));
        }
        return effect instanceof EcsEffect.AddKey
                        || effect instanceof EcsEffect.RemoveKey
                        || effect instanceof EcsEffect.SetPassword
                ? Done.with(Map.of(EcsRotation.COMMAND, "t-1"))
                : Done.plain();
    }
}
