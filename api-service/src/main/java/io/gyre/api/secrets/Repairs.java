package io.gyre.api.secrets;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Begins rotations that a person orders, since the target refuses a credential of the secret. */
@ApplicationScoped
public class Repairs {
    private final SecretStore store;
    private final RotationStarter starter;

    Repairs(SecretStore store, RotationStarter starter) {
        this.store = store;
        this.starter = starter;
    }

    /**
     * In the caller's transaction.
     *
     * @param by the AccessKey of whoever ordered it
     * @return fails with an {@link RpcFault} as {@link SecretInspections#ofRotation} does
     */
    public Uni<UUID> begin(Mutiny.StatelessSession session, String account, String name, String by) {
        UUID rotation = UUID.randomUUID();
        return store.locked(session, account, SecretNames.valid(name))
                .invoke(SecretStore::refuseGeneric)
                .call(secret -> store.refuseUnchangeable(session, secret))
                .call(secret -> store.key(session, secret.keyId()))
                .chain(secret -> starter.start(session, secret, RotationOrder.repair(secret, by), rotation))
                .map(start -> {
                    if (start != RotationStarter.Start.BEGUN) {
                        throw KmsFaults.beingRotated();
                    }
                    return rotation;
                });
    }
}
