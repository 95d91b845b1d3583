package io.gyre.worker.target;

import io.gyre.rpc.Undisclosed;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Happening.Unclear;
import io.gyre.worker.machine.Remedy;
import io.smallrye.mutiny.Uni;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a target does for each effect of a sealed family. It cannot be built unless each has its treatment, and whatever
 * goes wrong inside of one still ends as an outcome within the effect's time-out.
 */
final class Treatments {
    private static final Logger LOG = System.getLogger(Treatments.class.getName());

    private final Map<Class<?>, Treatment<Effect>> treatments;

    private Treatments(Map<Class<?>, Treatment<Effect>> treatments) {
        this.treatments = Map.copyOf(treatments);
    }

    /** Performs one kind of effect. */
    @FunctionalInterface
    interface Treatment<E> {
        Uni<Outcome> perform(E effect, Values values);
    }

    /** The credentials that came with an effect. */
    record Values(Map<Credential, SecretText> credentials) {
        StoredValue of(Credential which) {
            SecretText text = credentials.get(which);
            if (text == null) {
                throw new UnreadableValue("There is no stored credential " + which);
            }
            return StoredValue.of(text);
        }
    }

    static <F extends Effect> Builder<F> of(Class<F> family) {
        return new Builder<>(family);
    }

    Uni<Outcome> perform(Effect effect, Map<Credential, SecretText> credentials) {
        Treatment<Effect> treatment = treatments.get(effect.getClass());
        if (treatment == null) {
            throw new IllegalArgumentException(effect.getClass().getName() + " is no effect of this target");
        }
        return Uni.createFrom()
                .deferred(() -> treatment.perform(effect, new Values(credentials)))
                .ifNoItem()
                .after(effect.timeout())
                .recoverWithItem(() -> new Unclear(name(effect) + " did not end within " + effect.timeout() + "."))
                .onFailure(UnreadableValue.class)
                .recoverWithItem(failure -> new Refused(
                        Remedy.ASK_PERSON,
                        "UnreadableSecretValue",
                        failure.getMessage() + ": delete the secret and create it again in the documented form."))
                .onFailure()
                .recoverWithItem(failure -> unexpected(effect, failure));
    }

    private static Outcome unexpected(Effect effect, Throwable failure) {
        LOG.log(Level.ERROR, name(effect) + " failed unexpectedly", Undisclosed.of(failure));
        return new Unclear(name(effect) + " failed inside of the worker, whose log has the place ("
                + failure.getClass().getSimpleName() + ").");
    }

    private static String name(Effect effect) {
        return effect.getClass().getSimpleName();
    }

    static final class Builder<F extends Effect> {
        private final Class<F> family;
        private final Map<Class<?>, Treatment<Effect>> treatments = new HashMap<>();

        private Builder(Class<F> family) {
            this.family = family;
        }

        <E extends F> Builder<F> on(Class<E> effect, Treatment<E> treatment) {
            treatments.put(effect, (any, values) -> treatment.perform(effect.cast(any), values));
            return this;
        }

        Treatments build() {
            Set<Class<?>> untreated = new HashSet<>(Set.of(family.getPermittedSubclasses()));
            untreated.removeAll(treatments.keySet());
            if (!untreated.isEmpty()) {
                throw new IllegalStateException("No treatment of " + untreated);
            }
            return new Treatments(treatments);
        }
    }
}
