package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.wire.Guard;
import io.gyre.api.wire.RamApi;
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
 * Actions of the KMS and RAM APIs as somebody calls them who is logged in: behind the same guard as those of SDKs, so the same permissions
 * are asked for, the same quota counts, and the same is told to the audit log.
 */
@ApplicationScoped
class ConsoleActions {
    /** Names of actions tell apart what one API has, and no more: both have a ListPolicies. */
    private record Api(String product, String version, Map<String, RpcAction> actions) {
        static Api of(String product, String version, List<RpcAction> actions, Guard guard) {
            return new Api(
                    product,
                    version,
                    actions.stream()
                            .map(guard::before)
                            .collect(Collectors.toUnmodifiableMap(RpcAction::name, Function.identity())));
        }
    }

    private final Api kms;
    private final Api ram;

    ConsoleActions(Guard guard, @All @Default List<RpcAction> kms, @All @RamApi List<RpcAction> ram) {
        this.kms = Api.of("Kms", "2016-01-20", kms, guard);
        this.ram = Api.of("Ram", "2015-05-01", ram, guard);
    }

    /**
     * What the KMS API answers.
     *
     * @return fails with an {@link io.gyre.rpc.RpcFault} in the API's words
     */
    Uni<JsonNode> call(Visit visit, Visitor visitor, String action, Map<String, String> parameters) {
        return perform(kms, request(visit, visitor, action, parameters));
    }

    /** As the action of the KMS API is given it. */
    RpcRequest request(Visit visit, Visitor visitor, String action, Map<String, String> parameters) {
        return request(kms, visit, visitor, action, parameters);
    }

    /** What the RAM API answers, as {@link #call}. */
    Uni<JsonNode> ram(Visit visit, Visitor visitor, String action, Map<String, String> parameters) {
        return perform(ram, request(ram, visit, visitor, action, parameters));
    }

    private static RpcRequest request(
            Api api, Visit visit, Visitor visitor, String action, Map<String, String> parameters) {
        return new RpcRequest(
                api.product(),
                action,
                api.version(),
                new TreeMap<>(parameters),
                visitor.asCaller(),
                visit.requestId(),
                visit.sourceAddress(),
                visit.secure());
    }

    private static Uni<JsonNode> perform(Api api, RpcRequest request) {
        String action = request.action();
        return Objects.requireNonNull(api.actions().get(action), action)
                .perform(request)
                .map(answer -> answer);
    }
}
