package io.gyre.worker.engine;

import io.gyre.rotation.RotationLock;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Turns.Precedence;
import io.gyre.worker.engine.WatchStore.Inspection;
import io.gyre.worker.engine.WatchStore.Late;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Now;
import io.gyre.worker.machine.Rotation;
import io.smallrye.mutiny.Uni;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at targets without changing them: where a rotation is late, and where somebody asked. It takes no rotation's lease,
 * so it also tells of one whose worker is stuck. Rules of what is late: FAQ, "How long does a rotation take".
 */
public final class Watch {
    private static final Logger LOG = Logger.getLogger(Watch.class);

    /** Few: each is a call or two to a cloud, and the next round comes soon. */
    private static final int BATCH = 20;

    private final WatchStore store;
    private final Map<String, RotationType> types;
    private final EngineSettings settings;
    private final Ticks ticks;
    private final Performance performance;
    private volatile boolean draining;

    /**
     * @param budget what calls of the clouds are taken from
     * @param executor for time-outs
     */
    public Watch(
            WatchStore store,
            Map<String, RotationType> types,
            CallBudget budget,
            EngineSettings settings,
            Ticks ticks,
            ScheduledExecutorService executor) {
        this.store = store;
        this.types = Map.copyOf(types);
        this.settings = settings;
        this.ticks = ticks;
        this.performance = new Performance(executor, budget, ticks);
    }

    /** Begins to look, as often as the engine sweeps. */
    public void start() {
        ticks.after(settings.sweepEvery(), this::round);
    }

    public void drain() {
        draining = true;
    }

    /** The looks of a round go on beside each other and beside the next round: a hung target delays its own alone. */
    private void round() {
        if (draining) {
            return;
        }
        Uni<List<Inspection>> asked = store.claimInspections(BATCH);
        Uni<List<Late>> late = store.claimLate(BATCH);
        asked.invoke(all -> all.forEach(each -> begin(answer(each))))
                .chain(() -> late)
                .invoke(all -> all.forEach(each -> begin(tell(each))))
                .onTermination()
                .invoke(this::start)
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("No round of looks: %s.", failure.getClass()));
    }

    private static void begin(Uni<Void> look) {
        look.subscribe().with(done -> {}, failure -> {
            if (failure instanceof NotOnesTurn) {
                LOG.debug(failure.getMessage());
            } else {
                LOG.warnf(
                        "A look at a target was not told (%s); it is repeated.",
                        failure.getClass().getSimpleName());
            }
        });
    }

    private Uni<Void> answer(Inspection inspection) {
        Function<Credential, Uni<SecretText>> values =
                inspection.stored() ? which -> store.reveal(inspection.id(), which) : null;
        return preflight(inspection.type(), inspection.clock(), values, Precedence.ASKED)
                .of(inspection.rotation())
                .chain(report -> store.answer(inspection.id(), report));
    }

    private Uni<Void> tell(Late late) {
        if (late.waits()) {
            return Uni.createFrom().voidItem();
        }
        Rotation rotation = late.rotation();
        return preflight(late.type(), late.clock(), null, Precedence.LATE)
                .of(rotation.in(RotationLock.FIRST_PHASE))
                .onFailure(NotOnesTurn.class)
                .recoverWithItem(NotOnesTurn::report)
                .chain(report -> store.tellLate(rotation.id(), finding(late, report)));
    }

    private Preflight preflight(
            String type,
            ClockReading clock,
            @Nullable Function<Credential, Uni<SecretText>> values,
            Precedence precedence) {
        RotationType known = types.get(type);
        if (known == null) {
            throw new IllegalStateException("This worker does not know the rotation type " + type + ".");
        }
        Now now = clock.at(ticks.nanos(), 0);
        return new Preflight(known, now, values, performance, precedence);
    }

    private String finding(Late late, Preflight.Report report) {
        String expected = late.rotation().overlap().isZero()
                ? "It was expected to take 2 minutes. "
                : "It was expected to end soon after its overlap. ";
        if (report.finding() != null) {
            return expected + report.finding();
        }
        RotationType type = types.get(late.type());
        String title = type == null
                ? late.rotation().phase()
                : type.machine().title(late.rotation().phase());
        return expected + "The target is as it should be; the rotation is at \"" + title + "\" since "
                + late.phaseSince().truncatedTo(ChronoUnit.SECONDS)
                + ". If it does not go on by itself, retry it or roll it back.";
    }
}
