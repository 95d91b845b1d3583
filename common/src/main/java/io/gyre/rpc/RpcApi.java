package io.gyre.rpc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The actions that one product offers under one version.
 *
 * @param product for example {@code Kms}
 * @param version for example {@code 2016-01-20}; no two products of a gateway share one
 * @param actions no two with one name
 */
public record RpcApi(String product, String version, List<RpcAction> actions) {
    public RpcApi {
        actions = List.copyOf(actions);
        if (actions.stream().map(RpcAction::name).distinct().count() < actions.size()) {
            throw new IllegalArgumentException("Two actions of " + product + " " + version + " have the same name");
        }
    }

    @Nullable
    RpcAction action(String name) {
        for (RpcAction action : actions) {
            if (action.name().equals(name)) {
                return action;
            }
        }
        return null;
    }
}
