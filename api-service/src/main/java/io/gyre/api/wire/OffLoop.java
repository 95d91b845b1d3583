package io.gyre.api.wire;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** What computes for milliseconds or longer, on a thread that nobody else's call waits for. */
public final class OffLoop {
    private OffLoop() {}

    /** @return comes back to the context of the caller, whose session knows no other */
    public static <T> Uni<T> compute(Supplier<T> work) {
        Context own = Vertx.currentContext();
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(task -> own.runOnContext(on -> task.run()));
    }
}
