package io.gyre.api.wire;

import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * Is told of every call whose signature was found right. Each completes once what was told is safe, in the context where it was
 * asked, and fails with an {@link RpcFault} where it cannot be told: then the call is refused.
 */
public interface CallLog {
    /** The product of what is done by the console, by whoever is logged in there. */
    String CONSOLE = "Console";

    /** It is permitted, and will be made next. */
    Uni<Void> begun(RpcRequest request);

    /** @param fault null where it was done */
    Uni<Void> ended(RpcRequest request, @Nullable RpcFault fault);

    /** The account has used up its quota; of many such calls, some are told. */
    Uni<Void> throttled(RpcRequest request, RpcFault fault);

    /** The caller may not do this, or does not say what; it was not made. */
    Uni<Void> denied(RpcRequest request, RpcFault fault);
}
