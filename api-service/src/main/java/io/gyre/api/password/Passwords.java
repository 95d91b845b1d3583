package io.gyre.api.password;

import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes hashes and looks at them, apart from the event loops: each takes tens of milliseconds, and 19 MiB. */
@ApplicationScoped
public class Passwords {
    private static final int AT_ONCE = 2;

    /** About as many as are through in a second: whoever comes then is better told to wait. */
    private static final int MOST_WAITING = 32;

    private final WorkerExecutor threads;
    private final AtomicInteger waiting = new AtomicInteger();

    Passwords(Vertx vertx) {
        this.threads = vertx.createSharedWorkerExecutor("passwords", AT_ONCE);
    }

    @PreDestroy
    void close() {
        threads.close();
    }

    /** What is to be kept of it. */
    public Uni<String> hash(SecretText password) {
        return apart(() -> PasswordHash.of(password));
    }

    /**
     * Takes the same time whether there is one or not.
     *
     * @param hash null where there is none: then no password fits
     */
    public Uni<Boolean> fits(SecretText password, @Nullable String hash) {
        return apart(() -> hash == null ? PasswordHash.fitsNobodys(password) : PasswordHash.fits(password, hash));
    }

    private <T> Uni<T> apart(Callable<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (waiting.incrementAndGet() > MOST_WAITING) {
                waiting.decrementAndGet();
                throw new RpcFault(
                        503,
                        "PasswordsBusy",
                        "More passwords are being looked at than this process can: try again in a few seconds.");
            }
            return Uni.createFrom()
                    .completionStage(() -> threads.executeBlocking(work, false).toCompletionStage())
                    .onTermination()
                    .invoke(() -> waiting.decrementAndGet());
        });
    }
}
