package io.gyre.api.accesspoints;

import io.gyre.api.calendar.Moment;
import io.gyre.rpc.RpcFault;
import io.gyre.store.AccessPoint;
import io.gyre.store.ClientKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code client_key}. */
@ApplicationScoped
public class ClientKeyStore {
    /** How many an access point can have: one in use, one that takes its place, one to spare. */
    static final int LIMIT = 3;

    private static final String ADD = """
            INSERT INTO client_key (client_key_id, account_id, access_point, public_key, not_before, not_after, created_at)
            VALUES (:id, :account, :point, :publicKey, :notBefore, :notAfter, :now)
            """;

    /** @param point whose row is taken; @return fails with an {@link RpcFault} where it has as many as it can */
    Uni<Void> add(Mutiny.StatelessSession session, AccessPoint point, NewClientKey key, Moment now) {
        return of(session, point.accountId(), point.name())
                .invoke(keys -> {
                    if (keys.size() >= LIMIT) {
                        throw AccessPointFaults.tooManyClientKeys(point.name());
                    }
                })
                .chain(() -> session.createNativeQuery(ADD)
                        .setParameter("id", key.id())
                        .setParameter("account", point.accountId())
                        .setParameter("point", point.name())
                        .setParameter("publicKey", key.publicKey())
                        .setParameter("notBefore", key.validity().notBefore())
                        .setParameter("notAfter", key.validity().notAfter())
                        .setParameter("now", now.wall())
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Null where no account has it. */
    public Uni<@Nullable ClientKey> find(Mutiny.StatelessSession session, String id) {
        return session.get(ClientKey.class, id);
    }

    /** @return fails with an {@link RpcFault} (Forbidden.ResourceNotFound) where the account has none of this id */
    Uni<ClientKey> of(Mutiny.StatelessSession session, String account, ClientKeyId id) {
        return find(session, id.text()).map(key -> {
            if (key == null || !key.accountId().equals(account)) {
                throw AccessPointFaults.noSuchClientKey(id.text());
            }
            return key;
        });
    }

    /** Those of an access point, the eldest first. */
    Uni<List<ClientKey>> of(Mutiny.StatelessSession session, String account, String point) {
        return session.createSelectionQuery(
                        "from ClientKey where accountId = :account and accessPoint = :point order by createdAt, clientKeyId",
                        ClientKey.class)
                .setParameter("account", account)
                .setParameter("point", point)
                .getResultList();
    }

    Uni<Void> remove(Mutiny.StatelessSession session, ClientKey key) {
        return session.createMutationQuery("delete from ClientKey where clientKeyId = :id")
                .setParameter("id", key.clientKeyId())
                .executeUpdate()
                .replaceWithVoid();
    }
}
