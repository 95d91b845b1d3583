package io.gyre.worker.observation;

import io.gyre.rotation.RotationState;
import io.gyre.trace.GyreAttributes;
import io.gyre.trace.TraceParent;
import io.gyre.trace.Traces;
import io.gyre.worker.engine.Claimed;
import io.gyre.worker.engine.ClockReading;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Happening;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.smallrye.mutiny.Uni;
import java.util.function.LongSupplier;

/**
 * A span for each effect at a target, and one for the rotation as a whole once it has ended. All of them go on from the context
 * that was kept with the rotation, so that its trace is one, whichever workers carry it and however long it takes.
 */
public final class RotationTraces implements Onlooker {
    private final Traces traces;

    private final LongSupplier nanos;

    /** @param nanos the monotonic clock that the engine runs on */
    public RotationTraces(Traces traces, LongSupplier nanos) {
        this.traces = traces;
        this.nanos = nanos;
    }

    @Override
    public Uni<Outcome> lookedOn(Claimed claimed, Uni<Outcome> effect) {
        return Traces.during(carrier -> step(claimed), effect, RotationTraces::end);
    }

    private SpanBuilder step(Claimed claimed) {
        String phase = claimed.rotation().phase();
        return span(claimed, claimed.type() + " " + phase)
                .setAttribute(GyreAttributes.PHASE, phase)
                .setAttribute(GyreAttributes.ATTEMPT, (long) claimed.rotation().attempt());
    }

    private static void end(Span step, Outcome outcome) {
        String label = Outcomes.label(outcome);
        step.setAttribute(GyreAttributes.OUTCOME, label);
        if (!(outcome instanceof Done)) {
            step.setStatus(StatusCode.ERROR, label);
        }
    }

    /**
     * It began in another process, and perhaps two days ago: so it is told when it is over, from its request to its end by
     * PostgreSQL's clock.
     */
    @Override
    public void moved(Claimed before, Happening happening, Decision decision) {
        if (!decision.state().hasEnded()) {
            return;
        }
        ClockReading claim = before.clock();
        Span whole = span(before, before.type() + " rotation")
                .setStartTimestamp(claim.operational().minus(before.origin().age()))
                .setAttribute(GyreAttributes.STATE, decision.state().label())
                .startSpan();
        if (decision.state() == RotationState.FAILED) {
            whole.setStatus(StatusCode.ERROR, decision.state().label());
        }
        whole.end(claim.operational().plusNanos(nanos.getAsLong() - claim.nanos()));
    }

    private SpanBuilder span(Claimed claimed, String name) {
        String parent = TraceParent.ofRotation(
                claimed.origin().traceParent(), claimed.rotation().id());
        return traces.span(
                name,
                SpanKind.INTERNAL,
                TraceParent.context(parent),
                Attributes.builder()
                        .put(GyreAttributes.ROTATION_ID, claimed.rotation().id().toString())
                        .put(GyreAttributes.ROTATION_TYPE, claimed.type())
                        .put(
                                GyreAttributes.TRIGGER,
                                claimed.rotation().trigger().label())
                        .put(GyreAttributes.TARGET, claimed.targetKey())
                        .build());
    }
}
