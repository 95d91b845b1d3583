package io.gyre.api.audit;

import io.gyre.rpc.AccessKey;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells of each login to the console, allowed or refused, in the shape of ActionTrail's event ConsoleSignin. Each completes once
 * what was told is on disk, and fails with an {@link RpcFault} where it cannot be: then nobody is logged in.
 */
@ApplicationScoped
public class SigninLog {
    private final AuditTrail trail;
    private final CallEvents events;
    private final Floods floods;

    SigninLog(AuditTrail trail, CallEvents events, Floods floods) {
        this.trail = trail;
        this.events = events;
        this.floods = floods;
    }

    /**
     * A try to log in.
     *
     * @param by {@code link} or {@code password}
     * @param who the identity that is logged in, or whose password was tried; null where there is none of that name. What
     *     was typed as a name is not told: it may be a password in the wrong field
     */
    public record Signin(
            String requestId,
            String sourceAddress,
            boolean secure,
            String by,
            @Nullable AccessKey who) {}

    public Uni<Void> allowed(Signin signin) {
        return written(events.signin(signin, null, 0));
    }

    /** Costs whoever tries nothing, so of many some are told, as of calls without a right signature. */
    public Uni<Void> refused(Signin signin, RpcFault fault) {
        OptionalLong untold = floods.next();
        return untold.isPresent()
                ? written(events.signin(signin, fault, untold.getAsLong()))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> written(String event) {
        return trail.write(event)
                .onFailure(AuditUnwritten.class)
                .transform(unwritten -> GatewayFaults.auditUnwritten());
    }
}
