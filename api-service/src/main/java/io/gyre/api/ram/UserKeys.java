package io.gyre.api.ram;

import io.gyre.api.calendar.Moment;
import io.gyre.api.rootkey.CurrentRootKey;
import io.gyre.envelope.Envelope;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretText;
import io.gyre.store.StoredAccessKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code access_key}: whose keys a request is about, and what becomes of them. */
@ApplicationScoped
class UserKeys {
    private static final String LOCK = """
            SELECT * FROM access_key WHERE account_id = :account AND principal = :principal
            ORDER BY created_at, access_key_id FOR UPDATE
            """;

    private final UserStore users;
    private final CurrentRootKey rootKey;
    private final Envelope envelope;

    UserKeys(UserStore users, CurrentRootKey rootKey, Envelope envelope) {
        this.users = users;
        this.rootKey = rootKey;
        this.envelope = envelope;
    }

    /** A key that was made just now, with the half that is shown once. */
    record Made(StoredAccessKey key, SecretText secret) {}

    /**
     * The principal whose keys the request is about: the user that it names, or whoever signed it. The user's row is
     * taken until the transaction ends.
     *
     * @return fails with an {@link RpcFault} (EntityNotExist.User), or MissingParameter where a role's session names
     *     none: it has no keys of its own
     */
    Uni<String> owner(Mutiny.StatelessSession session, RpcRequest request) {
        String given = request.text("UserName");
        if (given != null && !given.isEmpty()) {
            return user(session, request, RamText.userName(request));
        }
        String caller = request.caller().principal();
        if (Principals.isRoot(caller)) {
            return Uni.createFrom().item(caller);
        }
        return user(session, request, Principals.userName(caller).orElseThrow(() -> GatewayFaults.missing("UserName")));
    }

    private Uni<String> user(Mutiny.StatelessSession session, RpcRequest request, String name) {
        return users.locked(session, request.caller().accountId(), name).map(user -> Principals.user(user.userName()));
    }

    /** The owner's keys, the oldest first, their rows taken until the transaction ends. */
    Uni<List<StoredAccessKey>> locked(Mutiny.StatelessSession session, String account, String principal) {
        return session.createNativeQuery(LOCK, StoredAccessKey.class)
                .setParameter("account", account)
                .setParameter("principal", principal)
                .getResultList();
    }

    /**
     * The one of the keys that the request names.
     *
     * @throws RpcFault EntityNotExist.User.AccessKey
     */
    static StoredAccessKey named(List<StoredAccessKey> keys, RpcRequest request) {
        String id = request.required("UserAccessKeyId");
        return keys.stream()
                .filter(key -> key.accessKeyId().equals(id))
                .findFirst()
                .orElseThrow(RamFaults::noSuchAccessKey);
    }

    /** @throws RpcFault DeleteConflict.Account.AccessKey where nobody could sign as the account without this key */
    static void refuseLastOfAccount(List<StoredAccessKey> keys, StoredAccessKey gone) {
        boolean another =
                keys.stream().anyMatch(key -> key.active() && !key.accessKeyId().equals(gone.accessKeyId()));
        if (Principals.isRoot(gone.principal()) && gone.active() && !another) {
            throw RamFaults.lastAccountKey();
        }
    }

    /** Its secret half is kept encrypted, as the administrator's is. */
    Uni<Made> make(Mutiny.StatelessSession session, String account, String principal, Moment now) {
        String id = Identifiers.accessKeyId();
        SecretText secret = Identifiers.accessKeySecret();
        return rootKey.forSealing(session).chain(under -> {
            byte[] sealed = envelope.sealAccessKey(under, id, secret);
            StoredAccessKey key = new StoredAccessKey(id, account, principal, sealed, now.calendar());
            return session.insert(key).replaceWith(new Made(key, secret));
        });
    }

    Uni<Void> setActive(Mutiny.StatelessSession session, StoredAccessKey key, boolean active) {
        return session.createMutationQuery("update StoredAccessKey set active = :active where accessKeyId = :id")
                .setParameter("active", active)
                .setParameter("id", key.accessKeyId())
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Void> remove(Mutiny.StatelessSession session, StoredAccessKey key) {
        return session.createMutationQuery("delete from StoredAccessKey where accessKeyId = :id")
                .setParameter("id", key.accessKeyId())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** For an owner that is called otherwise from now on. */
    Uni<Void> rename(Mutiny.StatelessSession session, String account, String principal, String newPrincipal) {
        return session.createMutationQuery("update StoredAccessKey set principal = :newPrincipal"
                        + " where accountId = :account and principal = :principal")
                .setParameter("account", account)
                .setParameter("principal", principal)
                .setParameter("newPrincipal", newPrincipal)
                .executeUpdate()
                .replaceWithVoid();
    }
}
