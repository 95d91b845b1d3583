package io.gyre.worker.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcFailure;
import io.gyre.rpc.RpcFault;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** One product's API, called with Gyre's own key; each call ends as an outcome. */
final class CloudApi {
    /** Two looks in a row fit into an effect's ten seconds. */
    static final Duration LOOK_TIMEOUT = Duration.ofSeconds(4);

    /** A change is given longer: when its answer is given up, its outcome is unclear. */
    static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(8);

    private final RpcClient rpc;
    private final String product;
    private final String version;
    private final URI endpoint;
    private final RpcCredentials credentials;

    private CloudApi(RpcClient rpc, String product, String version, URI endpoint, RpcCredentials credentials) {
        this.rpc = rpc;
        this.product = product;
        this.version = version;
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    static CloudApi ram(RpcClient rpc, CloudConfig config) {
        return new CloudApi(rpc, "RAM", "2015-05-01", config.ramEndpoint(), ownKey(config));
    }

    static CloudApi rds(RpcClient rpc, CloudConfig config) {
        return new CloudApi(rpc, "RDS", "2014-08-15", config.rdsEndpoint(), ownKey(config));
    }

    static CloudApi ecs(RpcClient rpc, CloudConfig config) {
        return new CloudApi(rpc, "ECS", "2014-05-26", config.ecsEndpoint(), ownKey(config));
    }

    private static RpcCredentials ownKey(CloudConfig config) {
        return new RpcCredentials(config.accessKeyId(), config.accessKeySecret());
    }

    /** A call that only looks. */
    Uni<Outcome> look(
            String action, String resource, Map<String, String> parameters, Function<JsonNode, Uni<Outcome>> reading) {
        return call(new Asked(product, action, resource, false), parameters, LOOK_TIMEOUT, reading, Map.of());
    }

    /** A call that only looks at something; {@code gone} is the code that says there is none, which is {@code then}. */
    Uni<Outcome> look(
            String action,
            String resource,
            Map<String, String> parameters,
            Function<JsonNode, Outcome> reading,
            String gone,
            Outcome then) {
        return call(
                new Asked(product, action, resource, false),
                parameters,
                LOOK_TIMEOUT,
                answer -> Uni.createFrom().item(reading.apply(answer)),
                Map.of(gone, then));
    }

    /** A call that changes the target, or may have. */
    Uni<Outcome> change(
            String action, String resource, Map<String, String> parameters, Function<JsonNode, Outcome> reading) {
        return call(
                new Asked(product, action, resource, true),
                parameters,
                CHANGE_TIMEOUT,
                answer -> Uni.createFrom().item(reading.apply(answer)),
                Map.of());
    }

    /** A call that makes an end of something; {@code gone} is the code that says there is none. */
    Uni<Outcome> end(String action, String resource, Map<String, String> parameters, String gone) {
        return call(
                new Asked(product, action, resource, true),
                parameters,
                CHANGE_TIMEOUT,
                answer -> Uni.createFrom().item(Done.plain()),
                Map.of(gone, Done.plain()));
    }

    private Uni<Outcome> call(
            Asked asked,
            Map<String, String> parameters,
            Duration timeout,
            Function<JsonNode, Uni<Outcome>> reading,
            Map<String, Outcome> expected) {
        RpcCall call = new RpcCall(endpoint, version, asked.action(), new TreeMap<>(parameters), credentials, timeout);
        return rpc.call(call)
                .chain(reading::apply)
                .onFailure(RpcFailure.class)
                .recoverWithItem(failure -> failure instanceof RpcFault fault && expected.containsKey(fault.code())
                        ? expected.get(fault.code())
                        : Refusals.of(failure, asked));
    }
}
