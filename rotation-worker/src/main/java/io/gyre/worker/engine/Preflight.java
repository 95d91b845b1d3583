package io.gyre.worker.engine;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Turns.Precedence;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Woken;
import io.gyre.worker.machine.Machine;
import io.gyre.worker.machine.Now;
import io.gyre.worker.machine.Rotation;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a machine from its beginning up to where it would first change the target, without storing anything: all that can be
 * known before. A dry run, the verification of an account, and the look at a late rotation's target are each one of these.
 */
final class Preflight {
    /**
     * What was seen.
     *
     * @param seen a sentence for each look
     * @param finding what speaks against going on; null for nothing
     */
    record Report(List<String> seen, @Nullable String finding) {
        Report {
            seen = List.copyOf(seen);
        }

        boolean passed() {
            return finding == null;
        }
    }

    private final RotationType type;
    private final Now now;
    private final @Nullable Function<Credential, Uni<SecretText>> values;
    private final Performance performance;
    private final Precedence precedence;
    private final List<String> seen = new ArrayList<>();

    /** @param values the rotation's credentials; null if they are not at hand, and then it ends where one is needed */
    Preflight(
            RotationType type,
            Now now,
            @Nullable Function<Credential, Uni<SecretText>> values,
            Performance performance,
            Precedence precedence) {
        this.type = type;
        this.now = now;
        this.values = values;
        this.performance = performance;
        this.precedence = precedence;
    }

    /**
     * Fails with {@link NotOnesTurn} where the cloud may not be called so often just now.
     *
     * @param requested a rotation in its first phase
     */
    Uni<Report> of(Rotation requested) {
        return step(requested, new Woken());
    }

    private Uni<Report> step(Rotation rotation, Happening happening) {
        Machine machine = type.machine();
        Decision decision = machine.decide(rotation, happening, now);
        Effect effect = decision.effect();
        String title = machine.title(decision.phase());
        if (decision.telling().finding() != null) {
            return ended(decision.telling().finding());
        }
        if (effect == null || machine.changesTheTarget(decision.phase())) {
            seen.add("Next a rotation would begin to change the target: " + title + ".");
            return ended(null);
        }
        if (values == null && !effect.needs().isEmpty()) {
            seen.add("Not tried, since the credential is not stored: " + title + ".");
            return ended(null);
        }
        return look(effect).chain(outcome -> {
            if (!(outcome instanceof Done)) {
                return ended(outcome.what());
            }
            seen.add(title + ": as it should be.");
            return step(rotation.after(decision), outcome);
        });
    }

    private Uni<Report> ended(@Nullable String finding) {
        return Uni.createFrom().item(new Report(seen, finding));
    }

    private Uni<Outcome> look(Effect effect) {
        Function<Credential, Uni<SecretText>> known = values;
        Uni<Map<Credential, SecretText>> credentials =
                known == null ? Uni.createFrom().item(Map.of()) : Performance.credentials(effect, known);
        return credentials.chain(all -> performance.turn(effect, precedence).chain(later -> {
            if (later.isPresent()) {
                throw new NotOnesTurn(effect.calls().product());
            }
            return performance.of(effect, type.target(), all);
        }));
    }
}
