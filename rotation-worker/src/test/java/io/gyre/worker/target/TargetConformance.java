package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Target;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Remedy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** What the machines rely on, whatever stands behind a target. */
public abstract class TargetConformance {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    protected abstract Target target();

    /** Lets time pass until it holds. @return false if it does not come about */
    protected abstract boolean comesAbout(BooleanSupplier condition);

    protected final Outcome perform(Effect effect, Map<Credential, SecretText> credentials) {
        return target().perform(effect, credentials).await().atMost(PATIENCE);
    }

    protected final Outcome perform(Effect effect, SecretText candidate) {
        return perform(effect, Map.of(Credential.CANDIDATE, candidate));
    }

    /** The first outcome that is not "not yet". */
    protected final Outcome awaited(Effect effect, Map<Credential, SecretText> credentials) {
        AtomicReference<Outcome> last = new AtomicReference<>();
        assertTrue(
                comesAbout(() -> {
                    last.set(perform(effect, credentials));
                    return !(last.get() instanceof NotYet);
                }),
                () -> effect + " does not come about: " + last.get());
        return last.get();
    }

    protected final Outcome awaited(Effect effect, SecretText candidate) {
        return awaited(effect, Map.of(Credential.CANDIDATE, candidate));
    }

    protected static Done isDone(Outcome outcome) {
        return assertInstanceOf(Done.class, outcome);
    }

    protected static void isRefused(Remedy remedy, String codeBegins, Outcome outcome) {
        Refused refused = assertInstanceOf(Refused.class, outcome);
        assertEquals(remedy, refused.remedy(), refused.code());
        assertTrue(refused.code().startsWith(codeBegins), refused.code());
    }
}
