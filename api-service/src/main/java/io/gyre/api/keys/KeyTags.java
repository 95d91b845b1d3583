package io.gyre.api.keys;

import io.gyre.api.tags.TaggedResources;
import io.gyre.api.tags.Tags;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.store.KmsKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;

/** The tags of keys, whatever their state, until their material is destroyed. */
@ApplicationScoped
class KeyTags implements TaggedResources {
    private static final int NOT_FOUND = 404;

    private static final String LOCK = """
            SELECT tags FROM kms_key
            WHERE account_id = :account AND key_id = :key AND key_state <> 'Destroyed'
            FOR UPDATE
            """;

    private static final String WRITE = "UPDATE kms_key SET tags = :tags WHERE key_id = :key";

    private final KeyStore keys;

    KeyTags(KeyStore keys) {
        this.keys = keys;
    }

    @Override
    public String resourceType() {
        return "key";
    }

    @Override
    public String nameParameter() {
        return "KeyId";
    }

    @Override
    public Uni<String> id(Mutiny.StatelessSession session, String account, String parameter, String name) {
        return keys.named(session, account, parameter, name)
                .map(KmsKey::keyId)
                .onFailure(KeyTags::isAbsence)
                .recoverWithItem(name);
    }

    /** The callers say it in their own words, once they do not find the key. */
    private static boolean isAbsence(Throwable failure) {
        return failure instanceof RpcFault fault && fault.status() == NOT_FOUND;
    }

    @Override
    public Uni<Boolean> change(
            Mutiny.StatelessSession session, String account, String keyId, UnaryOperator<Tags> change) {
        return session.createNativeQuery(LOCK, String.class)
                .setParameter("account", account)
                .setParameter("key", keyId)
                .getSingleResultOrNull()
                .chain(found -> found == null
                        ? Uni.createFrom().item(false)
                        : write(session, keyId, change.apply(Tags.stored(found)))
                                .replaceWith(true));
    }

    private static Uni<Integer> write(Mutiny.StatelessSession session, String keyId, Tags tags) {
        return session.createNativeQuery(WRITE)
                .setParameter("tags", tags.toJson())
                .setParameter("key", keyId)
                .executeUpdate();
    }

    @Override
    public RpcFault notFound() {
        return KmsFaults.keyNotFound();
    }
}
