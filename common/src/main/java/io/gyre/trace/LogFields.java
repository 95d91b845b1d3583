package io.gyre.trace;

import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.UUID;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * What log lines tell beside their sentence: of which rotation they are, and in which trace. Calls of the API have theirs from
 * OpenTelemetry's extension, under the same name.
 */
public final class LogFields {
    /** 32 hexadecimal digits. */
    public static final String TRACE_ID = "traceId";

    public static final String ROTATION_ID = "rotationId";

    private LogFields() {}

    /**
     * On the event loop, Quarkus keeps the fields with a duplicate of its context, and finds them again only if the line is told on that one.
     *
     * @param traceParent as it was kept with the rotation; null where nobody traced whoever began it
     */
    public static void ofRotation(UUID rotation, @Nullable String traceParent, Runnable telling) {
        Runnable withFields = () -> tell(rotation, traceParent, telling);
        if (Vertx.currentContext() instanceof ContextInternal context && !context.isDuplicate()) {
            context.duplicate().dispatch(withFields);
        } else {
            withFields.run();
        }
    }

    private static void tell(UUID rotation, @Nullable String traceParent, Runnable telling) {
        Object traceBefore = MDC.get(TRACE_ID);
        Object rotationBefore = MDC.get(ROTATION_ID);
        put(ROTATION_ID, rotation.toString());
        put(TRACE_ID, TraceParent.traceId(traceParent));
        try {
            telling.run();
        } finally {
            put(ROTATION_ID, rotationBefore);
            put(TRACE_ID, traceBefore);
        }
    }

    private static void put(String field, @Nullable Object value) {
        if (value == null) {
            MDC.remove(field);
        } else {
            MDC.put(field, value);
        }
    }
}
