package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Is told of each call that was refused before it came to an action: who signed it was not found out, or nothing takes it. */
@FunctionalInterface
public interface RefusedCalls {
    /** Tells nobody. */
    RefusedCalls UNTOLD = (call, fault) -> Uni.createFrom().voidItem();

    /**
     * A call as it claims to be; nothing of it was proven.
     *
     * @param accessKeyId whose signature it claims to carry; null where it names none
     * @param version the API's; null where it names none that there is
     * @param action the action's name, or method and path; null where it names none that there is
     * @param sourceAddress the peer's address, without port
     */
    record RefusedCall(
            @Nullable String accessKeyId,
            @Nullable String version,
            @Nullable String action,
            String requestId,
            String sourceAddress) {}

    /** The answer waits for it, and stays a refusal if it fails. */
    Uni<Void> refused(RefusedCall call, RpcFault fault);
}
