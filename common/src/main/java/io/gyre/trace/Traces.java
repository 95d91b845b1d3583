package io.gyre.trace;

import io.gyre.rpc.RpcFault;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes spans, where somebody traces; names and attributes are the caller's, by OpenTelemetry's semantic conventions where there are any. */
public final class Traces {
    /** Nobody traces. */
    public static final Traces OFF = new Traces(OpenTelemetry.noop(), false);

    private static final String SCOPE = "io.gyre";
    private static final String CARRIED = Traces.class.getName() + ".span";
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final String GIVEN_UP = "timeout";

    private final Tracer tracer;
    private final boolean on;

    private Traces(OpenTelemetry telemetry, boolean on) {
        this.tracer = telemetry.getTracer(SCOPE);
        this.on = on;
    }

    public static Traces by(OpenTelemetry telemetry) {
        return new Traces(telemetry, true);
    }

    /** Whether spans are kept at all: what would only be made for them need not be made. */
    public boolean areOn() {
        return on;
    }

    /** A span that has not begun. */
    public SpanBuilder span(String name, SpanKind kind, Context parent, Attributes attributes) {
        return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).setAllAttributes(attributes);
    }

    /**
     * The same answer, of work that begins when it is subscribed to and whose span lasts as long. What the work subscribes to finds
     * the span by {@link #carriedBy}, on whatever threads it goes on.
     *
     * @param begin given what carries the span of the work around, the span; null for work that is not followed
     * @param end told the answer, before the span ends
     */
    public static <T> Uni<T> during(
            Function<io.smallrye.mutiny.Context, @Nullable SpanBuilder> begin, Uni<T> work, BiConsumer<Span, T> end) {
        return Uni.createFrom().context(carrier -> {
            SpanBuilder wanted = begin.apply(carrier);
            if (wanted == null) {
                return work;
            }
            Span around = carriedBy(carrier);
            Span span = wanted.startSpan();
            carrier.put(CARRIED, span);
            return work.onTermination().invoke((answer, failure, cancelled) -> {
                if (around == null) {
                    carrier.delete(CARRIED);
                } else {
                    carrier.put(CARRIED, around);
                }
                if (failure != null || cancelled) {
                    failed(span, failure).setStatus(StatusCode.ERROR);
                } else {
                    end.accept(span, answer);
                }
                span.end();
            });
        });
    }

    /** The span that the work belongs to; null where it is not followed. */
    public static @Nullable Span carriedBy(io.smallrye.mutiny.Context carrier) {
        return carrier.getOrElse(CARRIED, () -> null);
    }

    /**
     * Tells what kind of failure it was, never in its own words: those may hold what was sent.
     *
     * @param failure null where the work was given up
     */
    public static Span failed(Span span, @Nullable Throwable failure) {
        return span.setAttribute(ERROR_TYPE, kind(failure));
    }

    private static String kind(@Nullable Throwable failure) {
        if (failure == null) {
            return GIVEN_UP;
        }
        return failure instanceof RpcFault fault
                ? fault.code()
                : failure.getClass().getSimpleName();
    }
}
