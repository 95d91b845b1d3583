package io.gyre.api.outbox;

import io.gyre.api.outbox.OutboxRelay.Turn;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Takes turns for as long as there is something to send, begun by a note from PostgreSQL or by the poll. While Kafka
 * does not answer it tries with one record, ever more seldom. All of its state is touched on one event loop.
 */
@ApplicationScoped
class RelayLoop {
    private static final Logger LOG = Logger.getLogger(RelayLoop.class);

    private final Vertx vertx;
    private final OutboxRelay relay;
    private final RelaySettings settings;
    private final RelayState state;
    private final Context loop;
    private final Promise<Void> quiet = Promise.promise();

    private boolean turning;
    private boolean toldMeanwhile;
    private boolean stopped;
    private boolean proven;
    private Duration backoff = Duration.ZERO;
    private long poll = -1;

    RelayLoop(Vertx vertx, OutboxRelay relay, RelaySettings settings, RelayState state) {
        this.vertx = vertx;
        this.relay = relay;
        this.settings = settings;
        this.state = state;
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
    }

    void start() {
        loop.runOnContext(run -> {
            poll = vertx.setPeriodic(settings.poll().toMillis(), tick -> tell());
            tell();
        });
    }

    /** Completes once the turn that it is at, if any, has ended. */
    Future<Void> stop() {
        loop.runOnContext(run -> {
            stopped = true;
            vertx.cancelTimer(poll);
            if (!turning) {
                quiet.tryComplete();
            }
        });
        return quiet.future();
    }

    /** There is something to send. May be called on any thread. */
    void tell() {
        loop.runOnContext(run -> {
            toldMeanwhile = true;
            if (!turning && backoff.isZero()) {
                turn();
            }
        });
    }

    private void turn() {
        if (stopped) {
            quiet.tryComplete();
            return;
        }
        turning = true;
        toldMeanwhile = false;
        // The first record after a start or a failure finds out whether Kafka answers at all.
        int limit = proven ? settings.batch() : 1;
        Context own = VertxContext.createNewDuplicatedContext(loop);
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.runOnContext(run -> relay.turn(own, limit)
                .subscribe()
                .with(
                        turn -> loop.runOnContext(back -> ended(turn, limit)),
                        failure -> loop.runOnContext(back -> failed(failure))));
    }

    private void ended(Turn turn, int limit) {
        turning = false;
        proven |= turn.sent() > 0;
        if (turn.mine() && state.sends()) {
            LOG.info("The outbox is being sent again.");
        }
        backoff = Duration.ZERO;
        if (turn.sent() == limit || toldMeanwhile || stopped) {
            turn();
        }
    }

    private void failed(Throwable failure) {
        turning = false;
        proven = false;
        if (stopped) {
            quiet.tryComplete();
            return;
        }
        if (state.failed(failure)) {
            LOG.warnf(
                    "The outbox cannot be sent (%s): it keeps what there is to tell, and tries again.", state.reason());
        }
        Duration next = backoff.isZero() ? settings.backoff() : backoff.multipliedBy(2);
        backoff = next.compareTo(settings.longestBackoff()) > 0 ? settings.longestBackoff() : next;
        vertx.setTimer(backoff.toMillis(), timer -> turn());
    }
}
