package io.gyre.api.accesspoints;

import io.gyre.api.wire.Page;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * How rows are found that an account names, whatever they are.
 *
 * @param <T> the entity
 * @param key of an account and a name
 * @param list all of {@code :account}, in the order of their names
 * @param count of them
 * @param absent the refusal where there is none of this name
 */
record NamedRows<T>(
        Class<T> entity,
        BiFunction<String, String, Object> key,
        String list,
        String count,
        Function<String, RpcFault> absent) {

    /** @return fails with an {@link RpcFault} (Forbidden.ResourceNotFound) where there is none */
    Uni<T> named(Mutiny.StatelessSession session, String account, String name) {
        return present(session.get(entity, key.apply(account, name)), name);
    }

    /** The same, its row taken until the transaction ends. */
    Uni<T> locked(Mutiny.StatelessSession session, String account, String name) {
        return present(session.get(entity, key.apply(account, name), LockMode.PESSIMISTIC_WRITE), name);
    }

    Uni<List<T>> page(Mutiny.StatelessSession session, String account, Page page) {
        return session.createSelectionQuery(list, entity)
                .setParameter("account", account)
                .setFirstResult(page.offset())
                .setMaxResults(page.size())
                .getResultList();
    }

    Uni<Long> count(Mutiny.StatelessSession session, String account) {
        return session.createSelectionQuery(count, Long.class)
                .setParameter("account", account)
                .getSingleResult();
    }

    /**
     * Keeps rows from being deleted until the transaction ends.
     *
     * @param hold a statement that takes them and gives their names
     * @return fails for the first name that there is not
     */
    Uni<Void> hold(Mutiny.StatelessSession session, String hold, String account, List<String> names) {
        return session.createNativeQuery(hold, String.class)
                .setParameter("account", account)
                .setParameter("names", PointText.json(names))
                .getResultList()
                .invoke(found -> names.stream()
                        .filter(name -> !found.contains(name))
                        .findFirst()
                        .ifPresent(name -> {
                            throw absent.apply(name);
                        }))
                .replaceWithVoid();
    }

    private Uni<T> present(Uni<T> row, String name) {
        return row.onItem().ifNull().failWith(() -> absent.apply(name));
    }
}
