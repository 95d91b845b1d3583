package io.gyre.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.process.Poll;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.gyre.simulator.config.SimulatorConfig;
import io.gyre.simulator.store.Database;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;

/** The running account as its customers see it, by the published SDKs, and its tables for what they cannot see. */
@Singleton
class Cloud {
    static final Duration SOON = Duration.ofSeconds(30);

    private final SimulatorConfig config;
    private final Simulator simulator;
    private final RpcClient client;
    final Database database;

    Cloud(SimulatorConfig config, Simulator simulator, Database database, Vertx vertx) {
        this.config = config;
        this.simulator = simulator;
        this.database = database;
        this.client = new RpcClient(vertx, InstantSource.system());
    }

    RpcCredentials account() {
        return new RpcCredentials(config.accessKeyId(), SecretText.of(config.accessKeySecret()));
    }

    private Config sdk(RpcCredentials credentials) {
        Config sdk = new Config();
        sdk.accessKeyId = credentials.accessKeyId();
        sdk.accessKeySecret = credentials.accessKeySecret().reveal();
        sdk.endpoint = "127.0.0.1:" + simulator.port();
        sdk.protocol = "http";
        sdk.regionId = "cn-hangzhou";
        return sdk;
    }

    com.aliyun.ram20150501.Client ram() throws Exception {
        return new com.aliyun.ram20150501.Client(sdk(account()));
    }

    com.aliyun.ram20150501.Client ram(RpcCredentials credentials) throws Exception {
        return new com.aliyun.ram20150501.Client(sdk(credentials));
    }

    com.aliyun.rds20140815.Client rds() throws Exception {
        return new com.aliyun.rds20140815.Client(sdk(account()));
    }

    com.aliyun.rds20140815.Client rds(RpcCredentials credentials) throws Exception {
        return new com.aliyun.rds20140815.Client(sdk(credentials));
    }

    com.aliyun.ecs20140526.Client ecs() throws Exception {
        return new com.aliyun.ecs20140526.Client(sdk(account()));
    }

    /** For what no SDK of the project speaks: STS and the faults. */
    JsonNode call(RpcCredentials credentials, String version, String action, Map<String, String> parameters) {
        return client.call(new RpcCall(
                        URI.create("http://127.0.0.1:" + simulator.port()),
                        version,
                        action,
                        new TreeMap<>(parameters),
                        credentials,
                        Duration.ofSeconds(10)))
                .await()
                .atMost(SOON);
    }

    JsonNode whoIs(RpcCredentials credentials) {
        return call(credentials, "2015-04-01", "GetCallerIdentity", Map.of());
    }

    static void await(Condition condition) {
        assertTrue(
                Poll.until(SOON, () -> {
                    try {
                        return condition.holds();
                    } catch (RuntimeException | Error e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }),
                "it did not come to hold within " + SOON);
    }

    /** Something that comes to hold by itself. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    static void assertRefused(int status, String code, Executable call) {
        TeaException refusal = assertThrows(TeaException.class, call);
        assertEquals(code, refusal.getCode(), refusal.getMessage());
        assertTrue(refusal.getMessage().startsWith("code: " + status + ", "), refusal.getMessage());
    }
}
