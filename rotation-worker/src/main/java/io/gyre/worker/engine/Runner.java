package io.gyre.worker.engine;

import io.gyre.rotation.RotationState;
import io.gyre.secret.SecretText;
import io.gyre.trace.LogFields;
import io.gyre.worker.engine.Hands.Held;
import io.gyre.worker.engine.Turns.Precedence;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Decision.NewCandidate;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Postponed;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Happening.Woken;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.Rotation;
import io.gyre.worker.machine.Telling;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs one claimed rotation as far as it goes: decide, commit the intent, perform the effect, and again with its outcome,
 * until the machine wants to wait or the rotation has ended. It knows no secret type.
 */
public final class Runner {
    private static final Logger LOG = Logger.getLogger(Runner.class);

    /** A database that restarts or fails over is back within seconds. */
    private static final Duration COMMIT_AGAIN_AFTER = Duration.ofMillis(500);

    private final RotationStore store;
    private final Map<String, RotationType> types;
    private final Mint mint;
    private final EngineSettings settings;
    private final Ticks ticks;
    private final ScheduledExecutorService executor;
    private final Performance performance;
    private final RandomGenerator random;
    private final Onlooker onlooker;
    private volatile boolean draining;

    /**
     * @param budget what calls of the clouds are taken from
     * @param executor for time-outs and for making key pairs, which takes a processor some hundred milliseconds
     */
    public Runner(
            RotationStore store,
            Map<String, RotationType> types,
            Mint mint,
            CallBudget budget,
            EngineSettings settings,
            Ticks ticks,
            ScheduledExecutorService executor,
            RandomGenerator random,
            Onlooker onlooker) {
        this.store = store;
        this.types = Map.copyOf(types);
        this.mint = mint;
        this.settings = settings;
        this.ticks = ticks;
        this.executor = executor;
        this.performance = new Performance(executor, budget, ticks);
        this.random = random;
        this.onlooker = onlooker;
    }

    /**
     * From now on no effect begins. What has begun is waited for and its outcome committed, since nobody else would learn it;
     * then the rotation is given back, and another worker goes on.
     */
    void drain() {
        draining = true;
    }

    /** Completes when the rotation is let go; fails if the store fails, and then the lease runs out by itself. */
    Uni<Void> run(Claimed claimed, Held held) {
        onlooker.taken(claimed);
        Happening first = claimed.order() == null ? new Woken() : claimed.order();
        return Uni.createFrom().deferred(() -> draining ? store.giveBack(claimed) : step(claimed, held, first));
    }

    private Uni<Void> step(Claimed claimed, Held held, Happening happening) {
        Decision decision = decide(claimed, happening);
        return candidate(decision.candidate()).chain(made -> {
            Effect effect = decision.effect();
            Duration lease = effect == null ? null : effect.timeout().plus(settings.commitWithin());
            long sent = ticks.nanos();
            Minted minted = made.orElse(null);
            return commit(new Transition(claimed, decision, minted, lease), sent)
                    .chain(committed -> {
                        if (!committed) {
                            onlooker.lost(claimed);
                            log(
                                    claimed,
                                    () -> LOG.infof(
                                            "Rotation %s: the lease was lost in %s; another worker goes on.",
                                            claimed.rotation().id(),
                                            claimed.rotation().phase()));
                            return Uni.createFrom().voidItem();
                        }
                        onlooker.moved(claimed, happening, decision);
                        Claimed moved = claimed.as(claimed.rotation().after(decision));
                        return effect == null
                                ? Uni.createFrom().voidItem()
                                : perform(moved, held, effect, minted, sent);
                    });
        });
    }

    /**
     * Sent again while the store is away, for as long as an effect may still begin: the outcome of the one before is known
     * here and nowhere else. If a lost answer was to a commit that took place, the store says so and writes nothing.
     */
    private Uni<Boolean> commit(Transition transition, long since) {
        return store.commit(transition).onFailure().recoverWithUni(failure -> {
            boolean tooLate = ticks.nanos() - since
                    > settings.commitWithin().minus(COMMIT_AGAIN_AFTER).toNanos();
            return tooLate
                    ? Uni.createFrom().failure(failure)
                    : Uni.createFrom()
                            .voidItem()
                            .onItem()
                            .delayIt()
                            .onExecutor(executor)
                            .by(COMMIT_AGAIN_AFTER)
                            .chain(() -> commit(transition, since));
        });
    }

    private Uni<Void> perform(Claimed claimed, Held held, Effect effect, @Nullable Minted fresh, long committedAt) {
        if (draining) {
            return store.giveBack(claimed);
        }
        return Performance.credentials(effect, which -> value(claimed, which, fresh))
                .chain(credentials -> {
                    held.waits();
                    return performance
                            .turn(effect, precedence(claimed))
                            .invoke(held::goesOn)
                            .chain(later -> {
                                if (later.isEmpty()) {
                                    return begin(claimed, held, effect, credentials, committedAt);
                                }
                                onlooker.putOff(effect);
                                return step(claimed, held, new Postponed(later.get()));
                            });
                });
    }

    private static Precedence precedence(Claimed claimed) {
        return claimed.rotation().isUnderWay() ? Precedence.UNDER_WAY : Precedence.NEW;
    }

    private Uni<Void> begin(
            Claimed claimed, Held held, Effect effect, Map<Credential, SecretText> credentials, long committedAt) {
        if (draining) {
            return store.giveBack(claimed);
        }
        if (ticks.nanos() - committedAt > settings.commitWithin().toNanos()) {
            // The lease might end before the effect does. Nothing was sent: whoever claims it next begins
            // it.
            return Uni.createFrom().voidItem();
        }
        held.waits();
        long sentAt = ticks.nanos();
        return onlooker.lookedOn(claimed, performance.of(effect, type(claimed).target(), credentials))
                .chain(outcome -> onceItIsOver(claimed, outcome, effect, sentAt))
                .invoke(held::goesOn)
                .chain(outcome -> step(claimed, held, outcome));
    }

    private Uni<SecretText> value(Claimed claimed, Credential which, @Nullable Minted fresh) {
        return which == Credential.CANDIDATE && fresh != null
                ? Uni.createFrom().item(fresh.value())
                : store.reveal(claimed, which);
    }

    /** A change that broke off may still reach the target until its time-out: what follows must not come in between. */
    private Uni<Outcome> onceItIsOver(Claimed claimed, Outcome outcome, Effect effect, long sentAt) {
        Duration left = effect.timeout().minusNanos(ticks.nanos() - sentAt);
        boolean isOver = left.compareTo(Duration.ZERO) <= 0;
        boolean mayComeLater = outcome instanceof Unclear
                && type(claimed).machine().changesTheTarget(claimed.rotation().phase());
        Uni<Outcome> known = Uni.createFrom().item(outcome);
        return mayComeLater && !isOver
                ? known.onItem().delayIt().onExecutor(executor).by(left)
                : known;
    }

    /** A decision that a machine's table has no line for is a mistake of ours: it is shown, not repeated for ever. */
    private Decision decide(Claimed claimed, Happening happening) {
        Rotation rotation = claimed.rotation();
        try {
            return type(claimed)
                    .machine()
                    .decide(rotation, happening, claimed.clock().at(ticks.nanos(), random.nextDouble()));
        } catch (RuntimeException e) {
            log(claimed, () -> LOG.errorf(e, "Rotation %s in %s cannot go on.", rotation.id(), rotation.phase()));
            String finding = "Gyre has no rule for what it met in phase " + rotation.phase() + " ("
                    + happening.getClass().getSimpleName()
                    + "). This is a defect of Gyre: report it with the worker's log.";
            return Decision.plain(
                    rotation.phase(),
                    RotationState.WAITING,
                    rotation.memory(),
                    rotation.attempt(),
                    null,
                    null,
                    new Telling(finding, finding, false));
        }
    }

    /** A line about this rotation. */
    static void log(Claimed claimed, Runnable line) {
        LogFields.ofRotation(claimed.rotation().id(), claimed.origin().traceParent(), line);
    }

    private RotationType type(Claimed claimed) {
        RotationType type = types.get(claimed.type());
        if (type == null) {
            throw new IllegalStateException("This worker does not know the rotation type " + claimed.type() + ".");
        }
        return type;
    }

    private Uni<Optional<Minted>> candidate(@Nullable NewCandidate wanted) {
        if (wanted instanceof NewCandidate.Adopt adopt) {
            return Uni.createFrom().item(Optional.of(adopt.minted()));
        }
        if (wanted instanceof NewCandidate.Make make) {
            return Uni.createFrom()
                    .item(() -> Optional.of(mint.make(make.recipe())))
                    .runSubscriptionOn(executor);
        }
        return Uni.createFrom().item(Optional.empty());
    }
}
