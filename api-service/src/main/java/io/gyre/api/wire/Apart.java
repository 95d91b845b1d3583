package io.gyre.api.wire;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** What goes on beside other work: on a context of its own, as a session of Hibernate belongs to one, and two would share theirs. */
public final class Apart {
    private Apart() {}

    /** @return ends on that context: a caller with a session comes back to its own by {@code emitOn} */
    public static <T> Uni<T> run(Vertx vertx, Supplier<Uni<T>> work) {
        Context apart = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(apart, true);
        return Uni.createFrom().deferred(work::get).runSubscriptionOn(task -> apart.runOnContext(run -> task.run()));
    }
}
