package io.gyre.api.wire;

import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.trace.GyreAttributes;
import io.gyre.trace.TraceParent;
import io.gyre.trace.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A span for each call whose signature was found right: which action, and with what code it was refused; never a parameter, since
 * those hold secrets. It goes on from the caller's own trace where the caller names one. While the call lasts, the span is the current
 * one of the call's own Vert.x context, so that a rotation that it begins goes on from it, and log lines name its trace.
 */
@ApplicationScoped
public class CallTraces {
    private static final AttributeKey<String> CLIENT_ADDRESS = AttributeKey.stringKey("client.address");
    private static final int SERVER_ERROR = 500;

    private final Traces traces;

    CallTraces(Traces traces) {
        this.traces = traces;
    }

    /** A call that has begun. */
    public static final class Followed {
        private final Span span;
        private final Scope scope;

        // It is closed in end, which whoever has begun a call owes it.
        @SuppressWarnings("MustBeClosedChecker")
        private Followed(Span span) {
            this.span = span;
            this.scope = span.makeCurrent();
        }

        /**
         * After a failure that nobody foresaw the span stays the current one: the line that tells of it is yet to be logged.
         *
         * @param failure null where it was done
         */
        public void end(@Nullable Throwable failure) {
            boolean foreseen = failure == null || failure instanceof RpcFault;
            if (foreseen) {
                scope.close();
            }
            if (failure != null) {
                Traces.failed(span, failure);
            }
            if (!foreseen || (failure instanceof RpcFault fault && fault.status() >= SERVER_ERROR)) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    /** On the call's own context; null where nobody traces. */
    public @Nullable Followed begin(RpcRequest request) {
        return traces.areOn() ? new Followed(span(request)) : null;
    }

    /** The same answer, of a call that is made when it is subscribed to, on its own context. */
    public <T> Uni<T> followed(RpcRequest request, Supplier<Uni<T>> call) {
        return traces.areOn()
                ? Uni.createFrom().deferred(() -> followed(new Followed(span(request)), call))
                : call.get();
    }

    private static <T> Uni<T> followed(Followed followed, Supplier<Uni<T>> call) {
        return Uni.createFrom()
                .deferred(call::get)
                .onTermination()
                .invoke((answer, failure, cancelled) -> followed.end(failure));
    }

    private Span span(RpcRequest request) {
        return traces.span(
                        request.product() + "/" + request.action(),
                        SpanKind.SERVER,
                        TraceParent.context(request.traceParent()),
                        Attributes.builder()
                                .put(GyreAttributes.RPC_SYSTEM, GyreAttributes.RPC_STYLE)
                                .put(GyreAttributes.RPC_SERVICE, request.product())
                                .put(GyreAttributes.RPC_METHOD, request.action())
                                .put(CLIENT_ADDRESS, request.sourceAddress())
                                .put(GyreAttributes.REQUEST_ID, request.requestId())
                                .build())
                .startSpan();
    }
}
