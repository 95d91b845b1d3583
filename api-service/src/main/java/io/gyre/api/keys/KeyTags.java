package io.gyre.api.keys;

import io.gyre.api.tags.TaggedResources;
import io.gyre.api.tags.Tags;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;

/** The tags of keys, whatever their state, until their material is destroyed. */
@ApplicationScoped
class KeyTags implements TaggedResources {
    private static final int NOT_FOUND = 404;

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
        return keys.id(session, account, parameter, name)
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
        return keys.lockedIfThere(session, account, keyId)
                .chain(found -> found == null
                        ? Uni.createFrom().item(false)
                        : session.update(found.tagged(
                                        change.apply(Tags.stored(found.tags())).toJson()))
                                .replaceWith(true));
    }

    @Override
    public RpcFault notFound() {
        return KmsFaults.keyNotFound();
    }
}
