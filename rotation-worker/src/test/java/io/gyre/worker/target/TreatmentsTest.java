package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Unclear;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreatmentsTest {
    sealed interface Family extends Effect {
        record One() implements Family {
            @Override
            public Duration timeout() {
                return Duration.ofMillis(1);
            }
        }

        record Other() implements Family {}
    }

    private static Treatments.Builder<Family> other() {
        return Treatments.of(Family.class)
                .on(Family.Other.class, (effect, values) -> Uni.createFrom().item(Done.plain()));
    }

    private static Outcome perform(Treatments.Treatment<Family.One> treatment, Effect effect) {
        return other().on(Family.One.class, treatment)
                .build()
                .perform(effect, Map.of())
                .await()
                .atMost(TestCloud.SOON);
    }

    @Test
    void aFamilyWithAnUntreatedEffectIsRefused() {
        String message = String.valueOf(
                assertThrows(IllegalStateException.class, () -> other().build()).getMessage());
        assertTrue(message.contains("One"), message);
    }

    @Test
    void eachEffectGetsItsOwnTreatment() {
        assertEquals(
                Done.plain(),
                perform((effect, values) -> Uni.createFrom().failure(new AssertionError()), new Family.Other()));
    }

    @Test
    void aFailureInsideEndsAsUnclearAndIsNotQuoted() {
        Outcome thrown = perform(
                (effect, values) -> {
                    throw new IllegalStateException("hunter2");
                },
                new Family.One());
        Outcome failed = perform(
                (effect, values) -> Uni.createFrom().failure(new IllegalStateException("hunter2")), new Family.One());

        assertFalse(assertInstanceOf(Unclear.class, thrown).what().contains("hunter2"));
        assertFalse(assertInstanceOf(Unclear.class, failed).what().contains("hunter2"));
    }

    @Test
    void anEffectThatDoesNotEndIsUnclearAfterItsTimeOut() {
        assertInstanceOf(
                Unclear.class, perform((effect, values) -> Uni.createFrom().nothing(), new Family.One()));
    }
}
