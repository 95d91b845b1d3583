package io.gyre.worker.engine;

import io.gyre.worker.engine.Hands.Held;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Keeps the worker busy: claims what Kafka tells of and what the sweep finds due, as far as there is room, and hands each
 * claim to the {@link Runner}. Safe for use by several threads.
 */
public final class Engine {
    private static final Logger LOG = Logger.getLogger(Engine.class);

    /**
     * Rotations end in groups, one call after the other: the first of a group would cause a claim of one. Less room than this
     * part of a batch waits for more, or for the next sweep.
     */
    private static final int CLAIMS_A_BATCH = 4;

    private final RotationStore store;
    private final Runner runner;
    private final EngineSettings settings;
    private final Ticks ticks;
    private final Hands hands;
    private final int worthAClaim;
    private final Intake intake = new Intake();
    private final AtomicBoolean claiming = new AtomicBoolean();
    private final AtomicBoolean sweepIsDue = new AtomicBoolean();
    private final AtomicBoolean storeIsAway = new AtomicBoolean();
    private volatile boolean draining;

    public Engine(RotationStore store, Runner runner, EngineSettings settings, Ticks ticks) {
        this.store = store;
        this.runner = runner;
        this.settings = settings;
        this.ticks = ticks;
        this.hands = new Hands(settings, ticks);
        this.worthAClaim = Math.max(1, Math.min(settings.batch(), settings.inFlight()) / CLAIMS_A_BATCH);
    }

    /** Begins to sweep. */
    public void start() {
        sweep();
    }

    /** Stops claiming, and begins no effect any more; what is in hand is given back as soon as no effect is out. */
    public void drain() {
        draining = true;
        runner.drain();
    }

    /** How many rotations are in hand. */
    public int inHand() {
        return hands.count();
    }

    /** Whether, once it is draining, nothing is in hand and nothing will be. */
    public boolean isDrained() {
        // In this order: what a claim brings is in hand before the claim has ended.
        return draining && !claiming.get() && inHand() == 0;
    }

    /** Has a look at the rotation soon. Returns at once; a wake-up for a rotation that is not due does nothing. */
    public void wake(UUID rotation) {
        intake.add(rotation);
        claimMore();
    }

    private void sweep() {
        if (draining) {
            return;
        }
        sweepIsDue.set(true);
        claimMore();
        ticks.after(settings.sweepEvery(), this::sweep);
    }

    /** One claim at a time: while it is on its way, wake-ups gather for the next one. */
    private void claimMore() {
        int room = Math.min(hands.room(), settings.batch());
        if (draining || room <= 0 || !claiming.compareAndSet(false, true)) {
            return;
        }
        if (draining) {
            // It began between the look and the line above: whoever saw no claim on its way may rely on it.
            claiming.set(false);
            return;
        }
        List<UUID> told = intake.take(room);
        Uni<List<Claimed>> claim;
        if (!told.isEmpty()) {
            claim = store.claim(told, hands.busyTargets());
        } else if (sweepIsDue.getAndSet(false)) {
            claim = store.claimDue(room, hands.busyTargets())
                    .invoke(found -> sweepIsDue.compareAndSet(false, !found.isEmpty()));
        } else {
            claiming.set(false);
            // A wake-up between the look at the intake and the line above found the claim taken: look again.
            if (!intake.isEmpty()) {
                claimMore();
            }
            return;
        }
        claim.subscribe().with(this::claimed, this::notClaimed);
    }

    private void claimed(List<Claimed> rotations) {
        if (storeIsAway.compareAndSet(true, false)) {
            LOG.info("PostgreSQL answers again.");
        }
        List<Held> held =
                rotations.stream().map(each -> hands.take(each.targetKey())).toList();
        claiming.set(false);
        for (int i = 0; i < held.size(); i++) {
            run(rotations.get(i), held.get(i));
        }
        if (!rotations.isEmpty() || !intake.isEmpty()) {
            claimMore();
        }
    }

    private void run(Claimed claimed, Held held) {
        runner.run(claimed, held).subscribe().with(done -> letGo(held), failure -> {
            Runner.log(
                    claimed,
                    () -> LOG.warnf(
                            "Rotation %s was let go in %s: %s. It is taken up again when its lease ends.",
                            claimed.rotation().id(),
                            claimed.rotation().phase(),
                            failure.getClass().getSimpleName()));
            letGo(held);
        });
    }

    private void letGo(Held held) {
        hands.letGo(held);
        if ((sweepIsDue.get() || !intake.isEmpty()) && hands.room() >= worthAClaim) {
            claimMore();
        }
    }

    private void notClaimed(Throwable failure) {
        claiming.set(false);
        if (storeIsAway.compareAndSet(false, true)) {
            LOG.warnf(
                    "PostgreSQL does not answer (%s): no rotation is taken up until it does.",
                    failure.getClass().getSimpleName());
        }
    }
}
