package io.gyre.worker.observation;

import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.rotation.RotationState;
import io.gyre.worker.engine.Claimed;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.machine.CloudProduct;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening;
import io.gyre.worker.machine.Happening.Ordered;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Order;
import io.smallrye.mutiny.Uni;
import java.util.Set;

/** Measures rotations, their steps and their leases. */
public final class RotationMeters implements Onlooker {
    private static final long FIRST_CLAIM = 1;

    private static final String SUCCEEDED = "succeeded";
    private static final String FAILED = "failed";

    private static final String GIVEN_UP = "given_up";
    private static final String ORDERED = "ordered";
    private static final String ROLLED_BACK = "rolled_back";
    private static final String REFUSED = "refused";
    private static final String UNREACHABLE = "unreachable";
    private static final Set<String> FAILURES = Set.of(GIVEN_UP, ORDERED, ROLLED_BACK, REFUSED, UNREACHABLE);

    private final Metrics metrics;

    /** @param types the rotation types that this worker serves */
    public RotationMeters(Metrics metrics, Set<String> types) {
        this.metrics = metrics;
        for (String type : types) {
            metrics.beginsAtZero(Meter.LEASE_STOLEN, type);
            metrics.beginsAtZero(Meter.LEASE_LOST, type);
            metrics.beginsAtZero(Meter.ROTATION_ENDED, type, SUCCEEDED, "none");
            FAILURES.forEach(reason -> metrics.beginsAtZero(Meter.ROTATION_ENDED, type, FAILED, reason));
        }
        for (CloudProduct product : CloudProduct.values()) {
            metrics.beginsAtZero(Meter.PUT_BACK, product.label());
        }
    }

    @Override
    public void taken(Claimed claimed) {
        if (claimed.fence() == FIRST_CLAIM) {
            metrics.lasted(Meter.ROTATION_PICKUP, claimed.origin().age(), claimed.type());
        }
        if (claimed.origin().takenOver()) {
            metrics.count(Meter.LEASE_STOLEN, claimed.type());
        }
    }

    @Override
    public void moved(Claimed before, Happening happening, Decision decision) {
        if (decision.state().hasEnded()) {
            boolean succeeded = decision.state() == RotationState.SUCCEEDED;
            metrics.count(
                    Meter.ROTATION_ENDED,
                    before.type(),
                    succeeded ? SUCCEEDED : FAILED,
                    succeeded ? "none" : reason(before, happening));
        }
    }

    private static String reason(Claimed before, Happening happening) {
        if (happening instanceof Ordered ordered) {
            return ordered.order() instanceof Order.GiveUp ? GIVEN_UP : ORDERED;
        }
        if (before.rotation().isUnderWay()) {
            return ROLLED_BACK;
        }
        return happening instanceof Refused ? REFUSED : UNREACHABLE;
    }

    @Override
    public void lost(Claimed claimed) {
        metrics.count(Meter.LEASE_LOST, claimed.type());
    }

    @Override
    public void putOff(Effect effect) {
        metrics.count(Meter.PUT_BACK, effect.calls().product().label());
    }

    @Override
    public Uni<Outcome> lookedOn(Claimed claimed, Uni<Outcome> effect) {
        return Uni.createFrom().deferred(() -> {
            long begun = metrics.nanos();
            return effect.invoke(outcome -> metrics.took(
                    Meter.ROTATION_STEP,
                    begun,
                    claimed.type(),
                    claimed.rotation().phase(),
                    Outcomes.label(outcome)));
        });
    }
}
