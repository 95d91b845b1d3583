package io.gyre.api.tags;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;

/** Changes the tags of one resource or of many, all of them or none. */
@ApplicationScoped
class TagChanges {
    /** Of the resource that a request of the elder form names; @return fails with an {@link RpcFault} */
    Uni<Void> ofNamed(
            Mutiny.StatelessSession session, RpcRequest request, TaggedResources kind, UnaryOperator<Tags> change) {
        String account = request.caller().accountId();
        String parameter = kind.nameParameter();
        return kind.id(session, account, parameter, request.required(parameter))
                .chain(id -> kind.change(session, account, id, change))
                .invoke(found -> {
                    if (!found) {
                        throw kind.notFound();
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Of all that are named. Their rows are taken in the order of their ids, so that two requests about the same ones do
     * not wait for each other.
     *
     * @return fails with an {@link RpcFault}: InvalidResourceId.NotFound where one of them is not there
     */
    Uni<Void> ofEach(
            Mutiny.StatelessSession session,
            String account,
            TaggedResources kind,
            List<String> names,
            UnaryOperator<Tags> change) {
        return ids(session, account, kind, names)
                .chain(ids -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUniAndConcatenate(id -> kind.change(session, account, id, change))
                        .invoke(found -> {
                            if (!found) {
                                throw KmsFaults.resourceIdNotFound();
                            }
                        })
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    /** The ids of what is named, each once. */
    static Uni<NavigableSet<String>> ids(
            Mutiny.StatelessSession session, String account, TaggedResources kind, List<String> names) {
        return Multi.createFrom()
                .iterable(names)
                .onItem()
                .transformToUniAndConcatenate(name -> kind.id(session, account, TagParameters.RESOURCE_IDS, name))
                .collect()
                .in(TreeSet::new, Set::add);
    }
}
