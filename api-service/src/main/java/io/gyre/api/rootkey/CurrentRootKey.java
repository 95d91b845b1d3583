package io.gyre.api.rootkey;

import io.gyre.envelope.RootKeyId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** The root key under which something is to be sealed that is going to be stored. */
@ApplicationScoped
public class CurrentRootKey {
    private final RootKeyStore store;

    CurrentRootKey(RootKeyStore store) {
        this.store = store;
    }

    /**
     * Asked in the transaction that stores what is sealed: a rotation of the root key waits for its end, so it finds
     * everything that was sealed under the former one.
     */
    public Uni<RootKeyId> forSealing(Mutiny.StatelessSession session) {
        return store.currentForSealing(session);
    }
}
