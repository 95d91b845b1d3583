package io.gyre.api.console;

import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a page that whoever looks may be refused, while the rest is shown.
 *
 * @param found empty where it was refused, or there is none
 * @param refusal in the API's words; empty where there is none
 */
record Seen<T>(Optional<T> found, String refusal) {
    static <T> Seen<T> nothing() {
        return new Seen<>(Optional.empty(), "");
    }

    /** What was found; else what stands for the refusal, or for nothing. */
    T or(Function<String, T> refused) {
        return found.orElseGet(() -> refused.apply(refusal));
    }

    /** What is no refusal fails the page. */
    static <T> Uni<Seen<T>> of(Uni<T> part) {
        return part.map(found -> new Seen<>(Optional.of(found), ""))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() < 500)
                .recoverWithItem(failure -> new Seen<>(Optional.empty(), ((RpcFault) failure).text()));
    }
}
