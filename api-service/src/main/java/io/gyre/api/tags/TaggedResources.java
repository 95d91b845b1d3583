package io.gyre.api.tags;

import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;

/** One kind of resource that has tags, as the room that keeps it tells of it. */
public interface TaggedResources {
    /** As ResourceType names the kind: {@code secret}, {@code key}. */
    String resourceType();

    /** The parameter of TagResource and UntagResource that names one: {@code SecretName}, {@code KeyId}. */
    String nameParameter();

    /**
     * The id of the resource that a caller names, whether or not it is there.
     *
     * @param parameter the request's parameter, for the refusal
     * @return fails with an {@link RpcFault} where none can be called so
     */
    Uni<String> id(Mutiny.StatelessSession session, String account, String parameter, String name);

    /**
     * Takes the resource's row until the transaction ends, and changes its tags.
     *
     * @return whether the account has such a resource
     */
    Uni<Boolean> change(Mutiny.StatelessSession session, String account, String id, UnaryOperator<Tags> change);

    /** The refusal of the elder actions for a resource that is not there. */
    RpcFault notFound();
}
