package io.gyre.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String KEPT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @Test
    void whatIsKeptIsReadAsItWasWritten() {
        Span span = Span.fromContext(TraceParent.context(KEPT));
        assertEquals(TRACE, span.getSpanContext().getTraceId());
        assertEquals("00f067aa0ba902b7", span.getSpanContext().getSpanId());
        assertEquals(KEPT, TraceParent.of(span));
        assertEquals(TRACE, TraceParent.traceId(KEPT));
    }

    @Test
    void aSpanThatNobodyFollowsHasNoName() {
        assertNull(TraceParent.of(Span.getInvalid()));
        assertNull(TraceParent.traceId(null));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "a secret that somebody sent by mistake, and that is longer than a trace's name"
            })
    void ofAnythingElseANewTraceBegins(String traceParent) {
        assertEquals(Context.root(), TraceParent.context(traceParent));
    }

    @Test
    void aRotationThatNobodyTracedIsGivenOneContextByAllWorkers() {
        UUID rotation = UUID.fromString("6e9b1c1a-7f0d-4d36-9d7e-2f9a3f3b6c11");
        assertEquals("00-6e9b1c1a7f0d4d369d7e2f9a3f3b6c11-9d7e2f9a3f3b6c11-01", TraceParent.ofRotation(null, rotation));
        assertEquals(KEPT, TraceParent.ofRotation(KEPT, rotation));
        Span span = Span.fromContext(TraceParent.context(TraceParent.ofRotation(null, rotation)));
        assertEquals("6e9b1c1a7f0d4d369d7e2f9a3f3b6c11", span.getSpanContext().getTraceId());
    }
}
