package io.gyre.api.wire;

import io.gyre.metrics.Metrics;
import io.gyre.rpc.RpcAction;
import jakarta.enterprise.context.ApplicationScoped;

/** Puts what every request passes before an action, in whatever words it is called. */
@ApplicationScoped
public class Guard {
    private final Throttle throttle;
    private final Authorization authorization;
    private final CallLog log;
    private final DatabaseOutage outage;
    private final Metrics metrics;
    private final CallTraces traces;

    Guard(
            Throttle throttle,
            Authorization authorization,
            CallLog log,
            DatabaseOutage outage,
            Metrics metrics,
            CallTraces traces) {
        this.throttle = throttle;
        this.authorization = authorization;
        this.log = log;
        this.outage = outage;
        this.metrics = metrics;
        this.traces = traces;
    }

    public RpcAction before(RpcAction action) {
        return new GuardedAction(action, throttle, authorization, log, outage, metrics, traces);
    }
}
