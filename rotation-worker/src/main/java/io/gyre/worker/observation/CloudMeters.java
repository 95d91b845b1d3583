package io.gyre.worker.observation;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcNotSent;
import io.gyre.rpc.RpcObserver;
import io.gyre.worker.machine.Happening.Refused;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Measures the calls of the clouds. */
public final class CloudMeters implements RpcObserver {
    private final Metrics metrics;

    public CloudMeters(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Uni<JsonNode> observed(RpcCall call, Uni<JsonNode> answer) {
        return Uni.createFrom().deferred(() -> {
            long begun = metrics.nanos();
            return answer.onItemOrFailure()
                    .invoke((node, failure) ->
                            metrics.took(Meter.CLOUD_CALL, begun, product(call), call.action(), outcome(failure)));
        });
    }

    /** A version is one product's alone. */
    static String product(RpcCall call) {
        return switch (call.version()) {
            case "2015-05-01" -> "ram";
            case "2015-04-01" -> "sts";
            case "2014-08-15" -> "rds";
            case "2014-05-26" -> "ecs";
            default -> throw new IllegalArgumentException("No product's API has the version " + call.version() + ".");
        };
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "answered";
        }
        if (failure instanceof RpcFault fault) {
            return Refused.isThrottling(fault.code()) ? "throttled" : "refused";
        }
        return failure instanceof RpcNotSent ? "not_sent" : "unclear";
    }
}
