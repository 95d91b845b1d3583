package io.gyre.api.gateway;

import io.gyre.api.accesspoints.AccessPointsChanged;
import io.gyre.api.accesspoints.ClientKeyId;
import io.gyre.api.accesspoints.ClientKeyStore;
import io.gyre.api.database.BrieflyKept;
import io.gyre.api.wire.DatabaseOutage;
import io.gyre.metrics.Metrics;
import io.gyre.store.ClientKey;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The client keys in the database; those in use are kept for a few seconds. */
@ApplicationScoped
class ClientKeys {
    /** What is needed to tell whether a request comes from its holder. */
    record Known(
            String id, String accountId, String accessPoint, PublicKey publicKey, Instant notBefore, Instant notAfter) {
        boolean isValid(Instant now) {
            return !now.isBefore(notBefore) && now.isBefore(notAfter);
        }
    }

    private final Mutiny.SessionFactory sessions;
    private final ClientKeyStore store;
    private final DatabaseOutage outage;
    private final BrieflyKept<String, Known> recent;

    ClientKeys(Mutiny.SessionFactory sessions, ClientKeyStore store, DatabaseOutage outage, Metrics metrics) {
        this.sessions = sessions;
        this.store = store;
        this.outage = outage;
        this.recent = new BrieflyKept<>(this::read, metrics, "client_keys");
    }

    /** Null where there is none. */
    Uni<@Nullable Known> find(String id) {
        if (!ClientKeyId.isOne(id)) {
            return Uni.createFrom().nullItem();
        }
        VertxContextSafetyToggle.setCurrentContextSafe(true);
        return outage.told(recent.get(id));
    }

    void changed(@Observes AccessPointsChanged change) {
        recent.forget();
    }

    private Uni<@Nullable Known> read(String id) {
        return sessions.withStatelessSession(session -> store.find(session, id)).map(ClientKeys::known);
    }

    private static @Nullable Known known(@Nullable ClientKey key) {
        if (key == null) {
            return null;
        }
        try {
            PublicKey publicKey = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key.publicKey()));
            return new Known(
                    key.clientKeyId(), key.accountId(), key.accessPoint(), publicKey, key.notBefore(), key.notAfter());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The public half of client key " + key.clientKeyId() + " is none.", e);
        }
    }
}
