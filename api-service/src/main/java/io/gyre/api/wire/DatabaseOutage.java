package io.gyre.api.wire;

import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * While PostgreSQL cannot be reached, nothing can be answered: every request is told so and may come again, and the log
 * says once that it began and once that it ended.
 */
@ApplicationScoped
public class DatabaseOutage {
    private static final Logger LOG = Logger.getLogger(DatabaseOutage.class);

    /** A chain of causes is followed this far, so that a cycle ends. */
    private static final int DEPTH_LIMIT = 8;

    /**
     * PostgreSQL's own words for it (appendix A of its manual): connection exceptions are class 08; it shuts down, crashed
     * or starts (57P01 to 57P03), or has no connection left (53300).
     */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300");

    private final AtomicBoolean away = new AtomicBoolean();

    /** The same work, whose failure is a refusal where PostgreSQL could not be reached. */
    public <T> Uni<T> told(Uni<T> work) {
        return work.invoke(this::reached).onFailure(DatabaseOutage::isOne).transform(failure -> begun());
    }

    /** The refusal where this failure is that of an unreachable PostgreSQL, else the failure itself. */
    public Throwable told(Throwable failure) {
        return isOne(failure) ? begun() : failure;
    }

    /** Whether this is the refusal that {@link #told} makes of an outage. */
    static boolean tells(Throwable refusal) {
        return refusal instanceof RpcFault fault
                && fault.text().equals(GatewayFaults.databaseAway().text());
    }

    private RpcFault begun() {
        if (away.compareAndSet(false, true)) {
            LOG.warn("PostgreSQL cannot be reached: requests are answered with status 503 until it can be. Look whether"
                    + " it runs, and whether GYRE_DB_HOST and GYRE_DB_PORT name it.");
        }
        return GatewayFaults.databaseAway();
    }

    private void reached() {
        if (away.compareAndSet(true, false)) {
            LOG.info("PostgreSQL is reached again.");
        }
    }

    static boolean isOne(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEPTH_LIMIT; depth++, cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof UnknownHostException
                    || cause instanceof ClosedChannelException
                    || cause instanceof ClosedConnectionException
                    || (cause instanceof PgException answer && saysSo(answer.getSqlState()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean saysSo(String state) {
        return state.startsWith("08") || AWAY.contains(state);
    }
}
