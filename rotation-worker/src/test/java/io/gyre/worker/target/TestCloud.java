package io.gyre.worker.target;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RecentNonces;
import io.gyre.rpc.RefusedCalls;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcApi;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcGateway;
import io.gyre.rpc.RpcHangUp;
import io.gyre.rpc.RpcRequest;
import io.gyre.rpc.RpcServer;
import io.gyre.rpc.RpcServerOptions;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

/** The four products on one port of the loopback; a test says what each action answers. */
final class TestCloud implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final AccessKey OWN =
            new AccessKey("own-id", SecretText.of("own-secret"), true, "1000000000000001", "root");

    final Vertx vertx = Vertx.vertx();
    final RpcClient rpc = new RpcClient(vertx, InstantSource.system());
    final List<RpcRequest> reached = new CopyOnWriteArrayList<>();
    private final Map<String, AccessKey> keys = new ConcurrentHashMap<>(Map.of(OWN.id(), OWN));
    private final Map<String, Function<RpcRequest, ObjectNode>> answers = new ConcurrentHashMap<>();
    private final int port;

    TestCloud() {
        RpcGateway gateway = new RpcGateway(
                List.of(
                        api(
                                "Ram",
                                "2015-05-01",
                                "ListAccessKeys",
                                "CreateAccessKey",
                                "UpdateAccessKey",
                                "DeleteAccessKey",
                                "GetAccessKeyLastUsed"),
                        api("Sts", "2015-04-01", "GetCallerIdentity"),
                        api(
                                "Rds",
                                "2014-08-15",
                                "DescribeDBInstanceAttribute",
                                "DescribeAccounts",
                                "ResetAccountPassword"),
                        api("Ecs", "2014-05-26", "DescribeInstances", "InvokeCommand", "DescribeInvocationResults")),
                (id, token) -> Uni.createFrom().item(Optional.ofNullable(keys.get(id))),
                new RecentNonces(InstantSource.system()),
                InstantSource.system(),
                RefusedCalls.UNTOLD);
        port = new RpcServer(vertx, RpcServerOptions.plain("127.0.0.1", 0), gateway)
                .start()
                .await()
                .atMost(SOON);
    }

    /** Answers an action with this JSON. */
    TestCloud answering(String action, String json) {
        return on(action, request -> json(json));
    }

    TestCloud refusing(String action, int status, String code) {
        return on(action, request -> {
            throw new RpcFault(status, code, "refused because of " + request.text("AccountPassword"));
        });
    }

    TestCloud hangingUp(String action) {
        return on(action, request -> {
            throw new RpcHangUp();
        });
    }

    TestCloud on(String action, Function<RpcRequest, ObjectNode> answer) {
        answers.put(action, answer);
        return this;
    }

    TestCloud withKey(String id, String secret, boolean active) {
        keys.put(id, new AccessKey(id, SecretText.of(secret), active, "1000000000000001", "user/app"));
        return this;
    }

    /** The parameters of the only call of this action. */
    RpcRequest call(String action) {
        List<RpcRequest> calls = reached.stream()
                .filter(request -> request.action().equals(action))
                .toList();
        if (calls.size() != 1) {
            throw new AssertionError(action + " was called " + calls.size() + " times");
        }
        return calls.get(0);
    }

    CloudConfig config() {
        return configAt(port);
    }

    /** An endpoint at which nobody listens. */
    static CloudConfig nowhere() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return configAt(socket.getLocalPort());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CloudConfig configAt(int port) {
        return config(URI.create("http://127.0.0.1:" + port), OWN.id(), OWN.secret());
    }

    /** Every product at one endpoint, with one AccessKey. */
    static CloudConfig config(URI endpoint, String keyId, SecretText keySecret) {
        return new CloudConfig() {
            @Override
            public URI ramEndpoint() {
                return endpoint;
            }

            @Override
            public URI stsEndpoint() {
                return endpoint;
            }

            @Override
            public URI rdsEndpoint() {
                return endpoint;
            }

            @Override
            public URI ecsEndpoint() {
                return endpoint;
            }

            @Override
            public String accessKeyId() {
                return keyId;
            }

            @Override
            public SecretText accessKeySecret() {
                return keySecret;
            }
        };
    }

    static ObjectNode json(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RpcApi api(String product, String version, String... names) {
        return new RpcApi(
                product, version, Stream.of(names).<RpcAction>map(Told::new).toList());
    }

    private final class Told implements RpcAction {
        private final String name;

        Told(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Uni<ObjectNode> perform(RpcRequest request) {
            reached.add(request);
            return Uni.createFrom()
                    .item(() -> answers.getOrDefault(name, r -> json("{}")).apply(request));
        }
    }

    @Override
    public void close() {
        rpc.close().await().atMost(SOON);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
