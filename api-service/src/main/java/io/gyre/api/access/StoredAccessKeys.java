package io.gyre.api.access;

import io.gyre.api.wire.DatabaseOutage;
import io.gyre.envelope.Envelope;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.AccessKeys;
import io.gyre.store.StoredAccessKey;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The AccessKeys in the database, those in use kept decrypted for a few seconds. */
@ApplicationScoped
public class StoredAccessKeys implements AccessKeys {
    private final Mutiny.SessionFactory sessions;
    private final Envelope envelope;
    private final DatabaseOutage outage;
    private final RecentKeys recent;

    StoredAccessKeys(Mutiny.SessionFactory sessions, Envelope envelope, DatabaseOutage outage, InstantSource clock) {
        this.sessions = sessions;
        this.envelope = envelope;
        this.outage = outage;
        this.recent = new RecentKeys(clock);
    }

    /** Called on the request's own duplicated context, before it is known whose request it is. */
    @Override
    public Uni<Optional<AccessKey>> find(String accessKeyId) {
        Optional<AccessKey> known = recent.find(accessKeyId);
        if (known.isPresent()) {
            return Uni.createFrom().item(known);
        }
        VertxContextSafetyToggle.setCurrentContextSafe(true);
        return outage.told(sessions.withStatelessSession(session -> session.get(StoredAccessKey.class, accessKeyId)))
                .map(stored -> Optional.ofNullable(stored).map(this::opened))
                .invoke(found -> found.ifPresent(recent::remember));
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
