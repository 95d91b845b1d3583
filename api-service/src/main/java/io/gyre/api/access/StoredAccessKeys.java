package io.gyre.api.access;

import io.gyre.api.ram.AccessKeyChanged;
import io.gyre.api.ram.Principals;
import io.gyre.api.ram.RoleDeleted;
import io.gyre.api.ram.RoleStore;
import io.gyre.api.wire.Apart;
import io.gyre.api.wire.DatabaseOutage;
import io.gyre.envelope.Envelope;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.AccessKeys;
import io.gyre.rpc.GatewayFaults;
import io.gyre.store.RamRole;
import io.gyre.store.StoredAccessKey;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The AccessKeys in the database, and those of sessions, which their tokens carry. Those in use are kept decrypted for a
 * few seconds: that long, a key that was disabled or a role that was deleted by another process goes on working here.
 */
@ApplicationScoped
public class StoredAccessKeys implements AccessKeys {
    private static final Logger LOG = Logger.getLogger(StoredAccessKeys.class);

    private static final String USED = "UPDATE access_key SET last_used_at = calendar_now() WHERE access_key_id = :id";

    private final Vertx vertx;
    private final Mutiny.SessionFactory sessions;
    private final Envelope envelope;
    private final SessionTokens tokens;
    private final RoleStore roles;
    private final DatabaseOutage outage;
    private final InstantSource clock;
    private final RecentKeys recent;
    private final LastUses uses;

    StoredAccessKeys(
            Vertx vertx,
            Mutiny.SessionFactory sessions,
            Envelope envelope,
            SessionTokens tokens,
            RoleStore roles,
            DatabaseOutage outage,
            InstantSource clock) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.envelope = envelope;
        this.tokens = tokens;
        this.roles = roles;
        this.outage = outage;
        this.clock = clock;
        this.recent = new RecentKeys();
        this.uses = new LastUses(clock);
    }

    /** Called on the request's own duplicated context, before it is known whose request it is. */
    @Override
    public Uni<Optional<AccessKey>> find(String accessKeyId, @Nullable String securityToken) {
        if (securityToken != null) {
            return ofSession(accessKeyId, tokens.open(securityToken));
        }
        return recentOr(accessKeyId, session -> session.get(StoredAccessKey.class, accessKeyId)
                .map(stored -> Optional.ofNullable(stored).map(this::opened)));
    }

    /** In this process at once; others learn of it as their {@link RecentKeys} end. */
    void changed(@Observes AccessKeyChanged change) {
        recent.forget(change.accessKeyId());
    }

    /** Its sessions are over: in this process at once, too. */
    void deleted(@Observes RoleDeleted role) {
        Optional<String> gone = Optional.of(role.roleName());
        recent.forget(key -> key.accountId().equals(role.accountId())
                && Principals.roleOfSession(key.principal()).equals(gone));
    }

    /** Written later, on a context of its own: the request waits for nothing. */
    @Override
    public void used(AccessKey key) {
        if (key.id().startsWith(TEMPORARY) || !uses.isDue(key.id())) {
            return;
        }
        Apart.run(
                        vertx,
                        () -> sessions.withStatelessTransaction(session -> session.createNativeQuery(USED)
                                .setParameter("id", key.id())
                                .executeUpdate()))
                .subscribe()
                .with(
                        written -> {},
                        failure -> LOG.debugf("The last use of AccessKey %s could not be written.", key.id()));
    }

    /** The token says all; whether its role is still there, the database says. */
    private Uni<Optional<AccessKey>> ofSession(String accessKeyId, SessionTokens.Session session) {
        if (!session.accessKeyId().equals(accessKeyId)) {
            throw GatewayFaults.securityTokenMismatch();
        }
        if (!clock.instant().isBefore(session.expiresAt())) {
            throw GatewayFaults.securityTokenExpired();
        }
        return recentOr(accessKeyId, database -> roles.find(database, session.accountId(), session.roleName())
                .map(role -> Optional.of(ofSession(session, role))));
    }

    /** A session whose role is gone is like a key that was disabled. */
    private static AccessKey ofSession(SessionTokens.Session session, @Nullable RamRole role) {
        return new AccessKey(
                session.accessKeyId(),
                session.secret(),
                role != null && role.roleId().equals(session.roleId()),
                session.accountId(),
                Principals.session(session.roleName(), session.sessionName()),
                session.policy());
    }

    private Uni<Optional<AccessKey>> recentOr(String accessKeyId, Search search) {
        Optional<AccessKey> known = recent.find(accessKeyId);
        if (known.isPresent()) {
            return Uni.createFrom().item(known);
        }
        VertxContextSafetyToggle.setCurrentContextSafe(true);
        return outage.told(sessions.withStatelessSession(search::in))
                .invoke(found -> found.ifPresent(recent::remember));
    }

    /** Where a key is looked for that was not used lately. */
    @FunctionalInterface
    private interface Search {
        Uni<Optional<AccessKey>> in(Mutiny.StatelessSession session);
    }

    private AccessKey opened(StoredAccessKey stored) {
        return new AccessKey(
                stored.accessKeyId(),
                envelope.openAccessKey(stored.accessKeyId(), stored.wrappedSecret()),
                stored.active(),
                stored.accountId(),
                stored.principal());
    }
}
