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
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The order of a start: calendar, root keys, administrator's key, the audit log's, then the endpoint, the relay and the scans. Each may
 * end it. And the order of an end, backwards: nothing is closed that what is still open needs.
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
    private final StopSettings settings;
    private final InstantSource clock;

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
            Ticks ticks,
            StopSettings settings,
            InstantSource clock) {
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
        this.settings = settings;
        this.clock = clock;
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

    /** The readiness check says no from here on; whoever leads the way to this process has the announced time to hear of it. */
    void announce(@Observes ShutdownDelayInitiatedEvent event) {
        LOG.infof(
                "Asked to end: requests are answered for another %s, and what is open then within %s.",
                settings.announced(), settings.within());
        server.announceClose();
    }

    /** What has begun is answered, and told, before Kafka's client and the pools close. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        Instant end = clock.instant().plus(settings.within());
        ticks.stop();
        await(() -> until(end, server.close()));
        await(() -> until(end, audit.close()));
        await(() -> until(end, relay.stop()));
        await(() -> until(end, rootKeys.end()));
    }

    /** What takes longer is left, as at a crash: it was not answered, or another process takes it up. */
    private Uni<Void> until(Instant end, Uni<Void> work) {
        Duration left = Duration.between(clock.instant(), end);
        return work.ifNoItem()
                .after(left.compareTo(Duration.ZERO) > 0 ? left : Duration.ofMillis(1))
                .recoverWithUni(() -> Uni.createFrom().voidItem());
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
