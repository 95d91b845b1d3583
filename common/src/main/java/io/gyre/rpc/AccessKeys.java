package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a gateway finds the keys that sign requests. */
public interface AccessKeys {
    /** How the id of a temporary key begins; it is found by its security token alone. */
    String TEMPORARY = "STS.";

    /**
     * Empty where no such key exists, or where it is not valid yet.
     *
     * @param securityToken what came with a temporary key; null for every other key
     * @return fails with an {@link RpcFault} (InvalidSecurityToken) where the token is none, is over, or is another key's
     */
    Uni<Optional<AccessKey>> find(String accessKeyId, @Nullable String securityToken);

    /** Told of each request whose signature was found right; must not wait for anything. */
    default void used(AccessKey key) {}
}
