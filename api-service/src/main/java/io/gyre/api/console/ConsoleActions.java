package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.wire.Guard;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Actions of the KMS API as somebody calls them who is logged in: behind the same guard as those of SDKs, so the same permissions
 * are asked for, the same quota counts, and the same is told to the audit log.
 */
@ApplicationScoped
class ConsoleActions {
    private static final String PRODUCT = "Kms";
    private static final String VERSION = "2016-01-20";

    private final Map<String, RpcAction> actions;

    ConsoleActions(Guard guard, @All @Default List<RpcAction> kms) {
        this.actions = kms.stream()
                .map(guard::before)
                .collect(Collectors.toUnmodifiableMap(RpcAction::name, Function.identity()));
    }

    /**
     * What the API answers.
     *
     * @return fails with an {@link io.gyre.rpc.RpcFault} in the API's words
     */
    Uni<JsonNode> call(Visit visit, Visitor visitor, String action, Map<String, String> parameters) {
        return Objects.requireNonNull(actions.get(action), action)
                .perform(new RpcRequest(
                        PRODUCT,
                        action,
                        VERSION,
                        new TreeMap<>(parameters),
                        visitor.asCaller(),
                        visit.requestId(),
                        visit.sourceAddress(),
                        visit.secure()))
                .map(answer -> answer);
    }
}
