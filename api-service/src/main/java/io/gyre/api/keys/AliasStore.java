package io.gyre.api.keys;

import io.gyre.api.wire.Page;
import io.gyre.store.KeyAlias;
import io.gyre.store.KmsKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code key_alias}. */
@ApplicationScoped
class AliasStore {
    /** Of two calls with one name at once, one waits here for the other, and then finds the name taken. */
    private static final String ADD =
            "INSERT INTO key_alias (account_id, name, key_id) VALUES (:account, :name, :key) ON CONFLICT DO NOTHING";

    /** @return whether the name was free */
    Uni<Boolean> add(Mutiny.StatelessSession session, String account, String name, String keyId) {
        return session.createNativeQuery(ADD)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("key", keyId)
                .executeUpdate()
                .map(rows -> rows > 0);
    }

    /** @return whether there is such an alias */
    Uni<Boolean> move(Mutiny.StatelessSession session, String account, String name, String keyId) {
        return session.createMutationQuery(
                        "update KeyAlias set keyId = :key where accountId = :account and name = :name")
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("key", keyId)
                .executeUpdate()
                .map(rows -> rows > 0);
    }

    /** @return whether there was such an alias */
    Uni<Boolean> remove(Mutiny.StatelessSession session, String account, String name) {
        return session.createMutationQuery("delete from KeyAlias where accountId = :account and name = :name")
                .setParameter("account", account)
                .setParameter("name", name)
                .executeUpdate()
                .map(rows -> rows > 0);
    }

    Uni<Long> count(Mutiny.StatelessSession session, String account) {
        return session.createSelectionQuery("select count(*) from KeyAlias where accountId = :account", Long.class)
                .setParameter("account", account)
                .getSingleResult();
    }

    Uni<List<KeyAlias>> page(Mutiny.StatelessSession session, String account, Page page) {
        return session.createSelectionQuery("from KeyAlias where accountId = :account order by name", KeyAlias.class)
                .setParameter("account", account)
                .setFirstResult(page.offset())
                .setMaxResults(page.size())
                .getResultList();
    }

    Uni<Long> countOf(Mutiny.StatelessSession session, KmsKey key) {
        return session.createSelectionQuery("select count(*) from KeyAlias where keyId = :key", Long.class)
                .setParameter("key", key.keyId())
                .getSingleResult();
    }

    Uni<List<KeyAlias>> pageOf(Mutiny.StatelessSession session, KmsKey key, Page page) {
        return session.createSelectionQuery("from KeyAlias where keyId = :key order by name", KeyAlias.class)
                .setParameter("key", key.keyId())
                .setFirstResult(page.offset())
                .setMaxResults(page.size())
                .getResultList();
    }
}
