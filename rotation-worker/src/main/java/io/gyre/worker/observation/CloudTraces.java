package io.gyre.worker.observation;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcObserver;
import io.gyre.trace.GyreAttributes;
import io.gyre.trace.Traces;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * A span for each call of a cloud that a rotation's step makes: which action of which product, where, and with what code it was
 * refused. Looks that belong to no rotation are not followed. What the call carries, a signature for one, is nobody's to see.
 */
public final class CloudTraces implements RpcObserver {
    private final Traces traces;

    public CloudTraces(Traces traces) {
        this.traces = traces;
    }

    @Override
    public Uni<JsonNode> observed(RpcCall call, Uni<JsonNode> answer) {
        return Traces.during(carrier -> span(call, Traces.carriedBy(carrier)), answer, (span, node) -> {});
    }

    private @Nullable SpanBuilder span(RpcCall call, @Nullable Span step) {
        if (step == null) {
            return null;
        }
        String product = CloudMeters.product(call);
        AttributesBuilder attributes = Attributes.builder()
                .put(GyreAttributes.RPC_SYSTEM, GyreAttributes.RPC_STYLE)
                .put(GyreAttributes.RPC_SERVICE, product)
                .put(GyreAttributes.RPC_METHOD, call.action())
                .put(GyreAttributes.SERVER_ADDRESS, call.endpoint().getHost());
        if (call.endpoint().getPort() >= 0) {
            attributes.put(GyreAttributes.SERVER_PORT, (long) call.endpoint().getPort());
        }
        return traces.span(
                product + "/" + call.action(), SpanKind.CLIENT, Context.root().with(step), attributes.build());
    }
}
