package io.gyre.worker.offer;

import io.gyre.worker.engine.CallBudget;
import io.gyre.worker.engine.Performance;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.engine.Ticks;
import io.gyre.worker.engine.Turns.Precedence;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.offer.OfferStore.Offer;
import io.gyre.worker.verdict.Check;
import io.gyre.worker.verdict.OfferLooks;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/** Tries offered credentials as they come. Somebody waits for each, for some seconds. */
public final class OfferChecks {
    private static final Logger LOG = Logger.getLogger(OfferChecks.class);

    /** Each is a few calls to a cloud and a login or two, and the next round comes soon. */
    private static final int BATCH = 10;

    private final OfferStore store;
    private final Map<String, RotationType> types;
    private final Map<String, OfferLooks> looks;
    private final Duration every;
    private final Ticks ticks;
    private final Performance performance;
    private volatile boolean draining;

    /**
     * @param looks how the credentials of each type are tried
     * @param every how often it is asked for new ones
     * @param executor for time-outs
     */
    public OfferChecks(
            OfferStore store,
            Map<String, RotationType> types,
            Map<String, OfferLooks> looks,
            Duration every,
            CallBudget budget,
            Ticks ticks,
            ScheduledExecutorService executor) {
        this.store = store;
        this.types = Map.copyOf(types);
        this.looks = Map.copyOf(looks);
        this.every = every;
        this.ticks = ticks;
        this.performance = new Performance(executor, budget, ticks);
    }

    public void start() {
        ticks.after(every, this::round);
    }

    /** None is taken any more. */
    public void drain() {
        draining = true;
    }

    /** The offers of a round are tried beside each other and beside the next round. */
    private void round() {
        if (draining) {
            return;
        }
        store.claim(BATCH)
                .invoke(offers -> offers.forEach(this::begin))
                .onTermination()
                .invoke(this::start)
                .subscribe()
                .with(begun -> {}, failure -> LOG.debugf("No round of offers: %s.", failure.getClass()));
    }

    private void begin(Offer offer) {
        look(offer, List.of())
                .chain(checks -> store.write(offer.id(), checks))
                .subscribe()
                .with(
                        written -> {},
                        failure -> LOG.warnf(
                                "What was seen of an offered credential was not told (%s); it is tried again.",
                                failure.getClass().getSimpleName()));
    }

    private Uni<List<Check>> look(Offer offer, List<Outcome> seen) {
        OfferLooks.Next next =
                Objects.requireNonNull(looks.get(offer.type()), offer.type()).next(offer.subject(), seen);
        if (next instanceof OfferLooks.Next.Ended ended) {
            return Uni.createFrom().item(ended.checks());
        }
        return performed(offer, ((OfferLooks.Next.Look) next).effect()).chain(outcome -> {
            List<Outcome> all = new ArrayList<>(seen);
            all.add(outcome);
            return look(offer, all);
        });
    }

    private Uni<Outcome> performed(Offer offer, Effect effect) {
        if (!offer.values().keySet().containsAll(effect.needs())) {
            return Uni.createFrom()
                    .item(new Unclear("What was typed could not be opened by this worker: its root keys are others."));
        }
        RotationType type = Objects.requireNonNull(types.get(offer.type()), offer.type());
        return performance
                .inTurn(effect, Precedence.ASKED, type.target(), offer.values())
                .onFailure()
                .recoverWithItem(failure -> new Unclear("What was typed cannot be used at the target ("
                        + failure.getClass().getSimpleName() + ")."));
    }
}
