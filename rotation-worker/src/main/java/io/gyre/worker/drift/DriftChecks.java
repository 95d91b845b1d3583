package io.gyre.worker.drift;

import io.gyre.worker.drift.DriftStore.Claim;
import io.gyre.worker.engine.CallBudget;
import io.gyre.worker.engine.Performance;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.engine.Ticks;
import io.gyre.worker.engine.Turns.Precedence;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.verdict.Looks;
import io.gyre.worker.verdict.Standing;
import io.gyre.worker.verdict.Step;
import io.gyre.worker.verdict.Verdict;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Looks at the secrets that are due, or that somebody asks about, and writes what was found. It takes no rotation's lock and
 * changes no target: what a finding is good for, a person decides.
 */
public final class DriftChecks {
    private static final Logger LOG = Logger.getLogger(DriftChecks.class);

    /** How often it is asked what is to be looked at. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    /** Secrets that are due and taken in one round: what is looked at in a hurry is missing where rotations call the cloud. */
    private static final int DUE_A_ROUND = 10;

    /** Secrets that are looked at beside each other: a target that hangs holds its own for some seconds. */
    private static final int IN_HAND = 40;

    /**
     * What a due look sees for the first time is looked at again after this time, and counts as it is seen then: a target that is at
     * work on its accounts refuses for a moment what it lets in afterwards. Two looks end well within their claim.
     */
    static final Duration CONFIRMED_AFTER = Duration.ofSeconds(30);

    private final DriftStore store;
    private final Map<String, RotationType> types;
    private final Map<String, Looks> looks;
    private final Duration every;
    private final Ticks ticks;
    private final RandomGenerator random;
    private final Performance performance;
    private final AtomicInteger inHand = new AtomicInteger();
    private volatile boolean draining;

    /**
     * @param looks how the credentials of each type are looked at
     * @param every the interval of the looks, on the calendar; zero for none but those that somebody asks for
     * @param executor for time-outs
     */
    public DriftChecks(
            DriftStore store,
            Map<String, RotationType> types,
            Map<String, Looks> looks,
            Duration every,
            CallBudget budget,
            Ticks ticks,
            ScheduledExecutorService executor,
            RandomGenerator random) {
        this.store = store;
        this.types = Map.copyOf(types);
        this.looks = Map.copyOf(looks);
        this.every = every;
        this.ticks = ticks;
        this.random = random;
        this.performance = new Performance(executor, budget, ticks);
    }

    public void start() {
        ticks.after(ROUND, this::round);
    }

    /** No look begins any more. */
    public void drain() {
        draining = true;
    }

    /** How many secrets are being looked at. */
    public int inHand() {
        return inHand.get();
    }

    /** The looks of a round go on beside each other and beside the next round. */
    private void round() {
        if (draining) {
            return;
        }
        beginAsked()
                .chain(this::beginDue)
                .onTermination()
                .invoke(this::start)
                .subscribe()
                .with(begun -> {}, failure -> LOG.debugf("No round of looks for drift: %s.", failure.getClass()));
    }

    /** Whoever asks waits: their secrets come first, and call the cloud before what is only due. */
    private Uni<Void> beginAsked() {
        int room = IN_HAND - inHand.get();
        return room <= 0
                ? Uni.createFrom().voidItem()
                : store.claimAsked(room)
                        .invoke(asked -> asked.forEach(claim -> begin(claim, Precedence.ASKED)))
                        .replaceWithVoid();
    }

    private Uni<Void> beginDue() {
        int room = Math.min(IN_HAND - inHand.get(), DUE_A_ROUND);
        return room <= 0 || every.isZero()
                ? Uni.createFrom().voidItem()
                : store.claimDue(room, every)
                        .invoke(due -> due.forEach(claim -> begin(claim, Precedence.LATE)))
                        .replaceWithVoid();
    }

    private void begin(Claim claim, Precedence precedence) {
        carry(
                claim,
                look(claim, precedence, List.of())
                        .chain(verdict -> precedence != Precedence.ASKED && isNewsOfDrift(claim, verdict)
                                ? confirmLater(claim, precedence)
                                : write(claim, verdict)));
    }

    private boolean isNewsOfDrift(Claim claim, Verdict verdict) {
        return after(claim, verdict).news() == Standing.News.DRIFTED;
    }

    /** It is not in hand until then. A worker that ends before leaves it to another, which looks anew. */
    private Uni<Void> confirmLater(Claim claim, Precedence precedence) {
        ticks.after(CONFIRMED_AFTER, () -> {
            if (!draining) {
                carry(claim, look(claim, precedence, List.of()).chain(verdict -> write(claim, verdict)));
            }
        });
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> write(Claim claim, Verdict verdict) {
        return store.write(claim, verdict, after(claim, verdict), every);
    }

    private void carry(Claim claim, Uni<Void> work) {
        inHand.incrementAndGet();
        work.onTermination()
                .invoke(inHand::decrementAndGet)
                .subscribe()
                .with(
                        written -> {},
                        failure -> LOG.warnf(
                                "What was seen of secret %s could not be written (%s); it is looked at again.",
                                claim.subject().secretName(), failure.getClass().getSimpleName()));
    }

    private Standing.Next after(Claim claim, Verdict verdict) {
        Duration onTheWall = Duration.ofMillis((long) (every.toMillis() / claim.speed()));
        return claim.standing().after(verdict, onTheWall, random.nextDouble());
    }

    private Uni<Verdict> look(Claim claim, Precedence precedence, List<Outcome> seen) {
        Step step = ofType(looks, claim.type()).next(claim.subject(), seen);
        if (step instanceof Verdict verdict) {
            return Uni.createFrom().item(verdict);
        }
        return performed(claim, precedence, ((Step.Look) step).effect()).chain(outcome -> {
            List<Outcome> all = new ArrayList<>(seen);
            all.add(outcome);
            return look(claim, precedence, all);
        });
    }

    private Uni<Outcome> performed(Claim claim, Precedence precedence, Effect effect) {
        return Performance.credentials(effect, which -> store.reveal(claim, which))
                .onItem()
                .transformToUni(values -> performance.inTurn(
                        effect, precedence, ofType(types, claim.type()).target(), values))
                .onFailure()
                .recoverWithItem(failure -> unreadable(claim, failure));
    }

    /** A failure's own message is not repeated. */
    private static Outcome unreadable(Claim claim, Throwable failure) {
        return new Unclear("The credential that secret " + claim.subject().secretName() + " keeps could not be opened ("
                + failure.getClass().getSimpleName() + ").");
    }

    private static <T> T ofType(Map<String, T> known, String type) {
        T found = known.get(type);
        if (found == null) {
            throw new IllegalStateException("This worker does not know the rotation type " + type + ".");
        }
        return found;
    }
}
