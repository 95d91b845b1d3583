package io.gyre.worker.engine;

import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Lets effects begin as the budget of calls allows: at once, after a wait, or not, and then it says when to come back. Those
 * that are told to come back are given places one behind the other, so that a thousand of them do not return together to find
 * one call. Safe for use by several threads.
 */
public final class Turns {
    private static final Logger LOG = Logger.getLogger(Turns.class);

    /** Nobody is sent away for longer: by then, much may have changed. */
    private static final Duration LONGEST_AWAY = Duration.ofMinutes(5);

    /** A database that restarts or fails over is back within seconds. */
    private static final Duration BUDGET_AWAY = Duration.ofSeconds(1);

    /** Who goes first where calls are scarce: whoever may wait for longer takes from the budget before it is there. */
    public enum Precedence {
        /** The target is another one already: programs may be without a credential until the rotation has gone on. */
        UNDER_WAY(Duration.ofSeconds(5)),
        /** Somebody waits for what a look finds. */
        ASKED(Duration.ofSeconds(2)),
        /** A rotation that has not changed anything yet. */
        NEW(Duration.ofSeconds(1)),
        /** A look at the target of a late rotation; it comes again in some minutes. */
        LATE(Duration.ZERO);

        private final Duration waits;

        Precedence(Duration waits) {
            this.waits = waits;
        }
    }

    private record Line(CloudProduct product, Precedence precedence) {}

    private final CallBudget budget;
    private final Ticks ticks;

    /** When the last one that was sent away comes back. */
    private final Map<Line, Long> ends = new HashMap<>();

    public Turns(CallBudget budget, Ticks ticks) {
        this.budget = budget;
        this.ticks = ticks;
    }

    /** Empty once the calls may be sent; otherwise none may, and after that time the turn may come. */
    public Uni<Optional<Duration>> await(Calls calls, Precedence precedence) {
        if (calls.most() == 0) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Uni.createFrom()
                .deferred(() -> budget.take(calls, precedence.waits))
                .map(turn -> turn.come()
                        ? Optional.<Duration>empty()
                        : Optional.of(place(new Line(calls.product(), precedence), turn.share())))
                .onFailure()
                .recoverWithItem(failure -> withoutBudget(precedence, failure));
    }

    /** Nothing is called. Nobody is given a place: how many waited says nothing of how long they will have to. */
    private static Optional<Duration> withoutBudget(Precedence precedence, Throwable failure) {
        LOG.debugf(
                "The budget of calls is not reached (%s).", failure.getClass().getSimpleName());
        return Optional.of(precedence.waits.plus(BUDGET_AWAY));
    }

    private synchronized Duration place(Line line, Duration share) {
        long now = ticks.nanos();
        long soonest = now + line.precedence().waits.toNanos();
        Long end = ends.get(line);
        long behind = end == null || end - soonest < 0 ? soonest : end;
        long away = Math.min(behind + share.toNanos() - now, LONGEST_AWAY.toNanos());
        ends.put(line, now + away);
        return Duration.ofNanos(away);
    }

    public void throttled(CloudProduct product) {
        budget.throttled(product)
                .subscribe()
                .with(
                        told -> {},
                        failure -> LOG.warnf(
                                "That %s throttles was not told to the other workers (%s).",
                                product, failure.getClass().getSimpleName()));
    }
}
