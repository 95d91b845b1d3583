package io.gyre.worker.engine;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Turns.Precedence;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** How an effect is performed, whoever decided on it: with the credentials that it needs, and within its time-out. */
public final class Performance {
    private final ScheduledExecutorService executor;
    private final Turns turns;

    /** @param executor for time-outs */
    public Performance(ScheduledExecutorService executor, CallBudget budget, Ticks ticks) {
        this.executor = executor;
        this.turns = new Turns(budget, ticks);
    }

    /** Empty once what the effect calls may be called; otherwise after how long to ask again. */
    Uni<Optional<Duration>> turn(Effect effect, Precedence precedence) {
        return turns.await(effect.calls(), precedence);
    }

    /** The values that the effect needs, one after the other, in an order that is always the same. */
    public static Uni<Map<Credential, SecretText>> credentials(
            Effect effect, Function<Credential, Uni<SecretText>> value) {
        Uni<Map<Credential, SecretText>> all = Uni.createFrom().item(() -> new EnumMap<>(Credential.class));
        for (Credential which : new TreeSet<>(effect.needs())) {
            all = all.chain(known -> value.apply(which).map(revealed -> {
                known.put(which, revealed);
                return known;
            }));
        }
        return all;
    }

    /** What came of it, once its turn has come; unclear if it is not known within the effect's time-out. */
    public Uni<Outcome> of(Effect effect, Target target, Map<Credential, SecretText> credentials) {
        return target.perform(effect, credentials)
                .ifNoItem()
                .after(effect.timeout())
                .on(executor)
                .recoverWithItem(
                        () -> new Unclear("No answer within " + effect.timeout().toSeconds() + " s."))
                .invoke(outcome -> heed(outcome, effect));
    }

    /** What came of it; where what it calls may not be called just now, nothing is asked, and what it would find is unclear. */
    public Uni<Outcome> inTurn(
            Effect effect, Precedence precedence, Target target, Map<Credential, SecretText> credentials) {
        return turn(effect, precedence)
                .chain(later -> later.isPresent()
                        ? Uni.createFrom()
                                .item(new Unclear(
                                        NotOnesTurn.sentence(effect.calls().product())))
                        : of(effect, target, credentials));
    }

    private void heed(Outcome outcome, Effect effect) {
        if (outcome instanceof Refused refused && refused.isThrottling()) {
            turns.throttled(effect.calls().product());
        }
    }
}
