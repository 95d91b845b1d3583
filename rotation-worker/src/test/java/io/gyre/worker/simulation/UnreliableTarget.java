package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Target;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Remedy;
import io.gyre.worker.simulation.Faults.Kind;
import io.gyre.worker.simulation.Witness.Flight;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The way between a worker and a target. Whatever reaches the target does so within the effect's time-out; the answer may
 * come later, be another one, or never come.
 */
final class UnreliableTarget implements Target {
    private static final Duration PROMPT = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final SimulatedTarget target;
    private final SimulatedProcess process;
    private final VirtualTime time;
    private final Faults faults;
    private final Witness witness;
    private final String worker;

    UnreliableTarget(
            SimulatedTarget target,
            SimulatedProcess process,
            VirtualTime time,
            Faults faults,
            Witness witness,
            String worker) {
        this.target = target;
        this.process = process;
        this.time = time;
        this.faults = faults;
        this.witness = witness;
        this.worker = worker;
    }

    @Override
    public Uni<Outcome> perform(Effect effect, Map<Credential, SecretText> credentials) {
        return Uni.createFrom().emitter(answer -> send(effect, credentials, answer));
    }

    private void send(Effect effect, Map<Credential, SecretText> credentials, UniEmitter<? super Outcome> answer) {
        Flight flight = witness.sent(worker, effect, credentials);
        Call call = new Call(effect, credentials, flight, answer);
        if (faults.strike(Kind.TARGET_THROTTLES)) {
            call.answers(PROMPT, new Refused(Remedy.RETRY, "Throttling.User", "The cloud throttles."));
        } else if (faults.strike(Kind.TARGET_IS_NOT_REACHED)) {
            call.answers(effect.timeout(), new Refused(Remedy.RETRY, "NotReached", "The cloud was not reached."));
        } else if (faults.strike(Kind.TARGET_FORBIDS)) {
            call.answers(PROMPT, new Refused(Remedy.ASK_PERSON, "NoPermission", "Gyre may not do this."));
        } else if (faults.strike(Kind.TARGET_DECLINES)) {
            call.answers(PROMPT, new Refused(Remedy.ROLL_BACK, "Unsupported", "It will not come about."));
        } else if (faults.strike(Kind.CALL_IS_LOST)) {
            call.answers(effect.timeout(), new Unclear("The connection broke."));
        } else if (faults.strike(Kind.TARGET_HANGS)) {
            call.arrives(faults.between(Duration.ZERO, effect.timeout()), outcome -> {});
        } else if (faults.strike(Kind.CALL_ARRIVES_LATE)) {
            call.answers(SOON, new Unclear("The connection broke."));
            call.arrives(faults.between(SOON, effect.timeout()), outcome -> {});
        } else {
            arrives(call, effect);
        }
    }

    private void arrives(Call call, Effect effect) {
        boolean slow = faults.strike(Kind.TARGET_IS_SLOW);
        boolean answerIsLost = faults.strike(Kind.ANSWER_IS_LOST);
        Duration there = faults.between(Duration.ofMillis(1), slow ? effect.timeout() : PROMPT);
        call.arrives(
                there,
                outcome -> call.answers(
                        slow ? effect.timeout() : PROMPT,
                        answerIsLost ? new Unclear("The connection broke.") : outcome));
    }

    /** One effect on its way. */
    private final class Call {
        private final Effect effect;
        private final Map<Credential, SecretText> credentials;
        private final Flight flight;
        private final UniEmitter<? super Outcome> answer;

        Call(
                Effect effect,
                Map<Credential, SecretText> credentials,
                Flight flight,
                UniEmitter<? super Outcome> answer) {
            this.effect = effect;
            this.credentials = credentials;
            this.flight = flight;
            this.answer = answer;
        }

        void arrives(Duration delay, Consumer<Outcome> then) {
            var unused = time.after(delay, () -> {
                witness.arrived(flight, effect);
                then.accept(target.perform(effect, credentials));
            });
        }

        void answers(Duration within, Outcome outcome) {
            process.after(faults.between(Duration.ZERO, within), () -> {
                witness.answered(flight, outcome);
                answer.complete(outcome);
            });
        }
    }
}
