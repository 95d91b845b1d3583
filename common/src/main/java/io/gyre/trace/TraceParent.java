package io.gyre.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The {@code traceparent} of W3C Trace Context: how a span is named to whoever goes on elsewhere, or another day. */
public final class TraceParent {
    /** Of a request, a Kafka record, and a CloudEvent sent to a webhook. */
    public static final String HEADER = "traceparent";

    private static final String FORM = "00-%s-%s-%s";
    private static final String SAMPLED = "01";
    private static final int TRACE_ID_AT = 3;
    private static final int TRACE_ID_END = TRACE_ID_AT + 32;
    private static final int SPAN_ID_LENGTH = 16;

    private TraceParent() {}

    /** Null for a span that nobody follows. */
    public static @Nullable String of(Span span) {
        SpanContext known = span.getSpanContext();
        return known.isValid()
                ? FORM.formatted(
                        known.getTraceId(),
                        known.getSpanId(),
                        known.getTraceFlags().asHex())
                : null;
    }

    /** The context of what it names; of nothing where it is null or unreadable, so that a new trace begins. */
    public static Context context(@Nullable String traceParent) {
        return traceParent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceParent, OneHeader.INSTANCE);
    }

    /**
     * What the steps of a rotation go on from: the context that was kept with it, or, where nobody traced whoever began it, one
     * that every worker makes up alike, since a rotation's id is as long as a trace's.
     */
    public static String ofRotation(@Nullable String kept, UUID rotation) {
        if (kept != null) {
            return kept;
        }
        String id = rotation.toString().replace("-", "");
        return FORM.formatted(id, id.substring(id.length() - SPAN_ID_LENGTH), SAMPLED);
    }

    /** The id by which a trace is looked up: 32 hexadecimal digits; null where there is none. */
    public static @Nullable String traceId(@Nullable String traceParent) {
        return traceParent == null || traceParent.length() < TRACE_ID_END
                ? null
                : traceParent.substring(TRACE_ID_AT, TRACE_ID_END);
    }

    /** A carrier with this one header. */
    private enum OneHeader implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(HEADER) ? carrier : null;
        }
    }
}
