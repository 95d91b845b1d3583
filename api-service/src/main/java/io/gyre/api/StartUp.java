package io.gyre.api;

import io.gyre.api.access.AdministratorKey;
import io.gyre.api.audit.AuditKeys;
import io.gyre.api.audit.AuditTrail;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.outbox.Relay;
import io.gyre.api.rootkey.RootKeyPresence;
import io.gyre.api.schedule.Ticks;
import io.gyre.api.wire.ApiServer;
import io.gyre.start.StartRefusal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The order of a start: calendar, root keys, administrator's key, the audit log's, then the endpoint, the relay and the scans. Each may
 * end it.
 */
@Singleton
class StartUp {
    private static final Logger LOG = Logger.getLogger(StartUp.class);

    private final OperationsEndpoint operations;
    private final StartTurn turn;
    private final InstallationCalendar calendar;
    private final RootKeyPresence rootKeys;
    private final AdministratorKey administrator;
    private final AuditKeys auditKeys;
    private final AuditTrail audit;
    private final ApiServer server;
    private final Relay relay;
    private final Ticks ticks;

    StartUp(
            OperationsEndpoint operations,
            StartTurn turn,
            InstallationCalendar calendar,
            RootKeyPresence rootKeys,
            AdministratorKey administrator,
            AuditKeys auditKeys,
            AuditTrail audit,
            ApiServer server,
            Relay relay,
            Ticks ticks) {
        this.operations = operations;
        this.turn = turn;
        this.calendar = calendar;
        this.rootKeys = rootKeys;
        this.administrator = administrator;
        this.auditKeys = auditKeys;
        this.audit = audit;
        this.server = server;
        this.relay = relay;
        this.ticks = ticks;
    }

    void start(@Observes StartupEvent event) throws SQLException {
        refuseHalfACertificate();
        await(calendar::applySpeed);
        await(rootKeys::begin);
        await(administrator::makeOnFirstStart);
        await(auditKeys::makeOnFirstStart);
        turn.giveBack();
        rootKeys.start();
        audit.start();
        await(server::start);
        relay.start();
        ticks.start();
        LOG.infof("The KMS API is served at %s.", server.address());
    }

    private void refuseHalfACertificate() {
        if (operations.tlsCertificate().isPresent() != operations.tlsKey().isPresent()) {
            throw new StartRefusal(
                    "Of GYRE_OPS_TLS_CERTIFICATE and GYRE_OPS_TLS_KEY one is set, and HTTPS needs both: name"
                            + " the other file, or neither.");
        }
    }

    /** What has begun is answered before the pools close. */
    void stop(@Observes ShutdownEvent event) {
        await(server::close);
        await(audit::close);
        await(rootKeys::end);
    }

    /** On the main thread, which may wait; the work itself runs on a context of its own. */
    private static void await(Supplier<Uni<Void>> work) {
        try {
            VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
