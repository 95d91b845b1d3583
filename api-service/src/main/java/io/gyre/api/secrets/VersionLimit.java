package io.gyre.api.secrets;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** A secret keeps ten versions; the oldest without a stage label goes first. */
@ApplicationScoped
class VersionLimit {
    static final int VERSIONS = 10;

    private final SecretStore store;

    VersionLimit(SecretStore store) {
        this.store = store;
    }

    /** @return fails with an {@link RpcFault} (Rejected.LimitExceeded) where every version has a label */
    Uni<Void> keep(Mutiny.StatelessSession session, Secret secret) {
        return store.countVersions(session, secret).chain(count -> {
            int surplus = (int) (count - VERSIONS);
            if (surplus <= 0) {
                return Uni.createFrom().voidItem();
            }
            return store.droppable(session, secret).chain(droppable -> {
                if (droppable.size() < surplus) {
                    throw KmsFaults.secretLimitExceeded();
                }
                return store.drop(session, secret, droppable.subList(0, surplus));
            });
        });
    }
}
