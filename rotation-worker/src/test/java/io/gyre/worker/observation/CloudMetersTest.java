package io.gyre.worker.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.metrics.Metrics;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcFailure;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CloudMetersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CloudMeters meters = new CloudMeters(new Metrics(registry));

    private static RpcCall call(String version, String action) {
        return new RpcCall(
                URI.create("http://127.0.0.1:1"),
                version,
                action,
                new TreeMap<>(Map.of("AccountPassword", "a password", "AccountName", "an account")),
                new RpcCredentials("an id", SecretText.of("a secret")),
                PATIENCE);
    }

    private double calls(String product, String action, String outcome) {
        return registry.get("gyre.cloud.call")
                .tags("product", product, "action", action, "outcome", outcome)
                .timer()
                .count();
    }

    private void refuse(RpcCall call, String code) {
        Uni<JsonNode> refused = meters.observed(call, Uni.createFrom().failure(new RpcFault(400, code, "Refused.")));
        assertThrows(RpcFault.class, () -> refused.await().atMost(PATIENCE));
    }

    @Test
    void eachCallIsMeasuredByItsProductItsActionAndWhatCameOfIt() {
        JsonNode answer = JsonNodeFactory.instance.objectNode();
        assertEquals(
                answer,
                meters.observed(
                                call("2014-08-15", "DescribeAccounts"),
                                Uni.createFrom().item(answer))
                        .await()
                        .atMost(PATIENCE));
        refuse(call("2015-05-01", "CreateAccessKey"), "EntityNotExist.User");
        refuse(call("2014-05-26", "InvokeCommand"), "Throttling.User");
        refuse(call("2015-04-01", "GetCallerIdentity"), "Rejected.Throttling");
        assertEquals(1, calls("rds", "DescribeAccounts", "answered"));
        assertEquals(1, calls("ram", "CreateAccessKey", "refused"));
        assertEquals(1, calls("ecs", "InvokeCommand", "throttled"));
        assertEquals(1, calls("sts", "GetCallerIdentity", "throttled"));
    }

    @Test
    void aCallThatReachesNobodyIsMeasuredByTheClientThatIsGivenTheMeters() {
        Vertx vertx = Vertx.vertx();
        RpcClient client = new RpcClient(vertx, InstantSource.system(), meters);
        try {
            Uni<JsonNode> sent = client.call(call("2014-08-15", "ResetAccountPassword"));
            assertThrows(RpcFailure.class, () -> sent.await().atMost(PATIENCE));
            assertEquals(1, calls("rds", "ResetAccountPassword", "not_sent"));
        } finally {
            client.close().await().atMost(PATIENCE);
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void noParameterOfACallIsKept() {
        refuse(call("2014-08-15", "ResetAccountPassword"), "InvalidAccountPassword.Format");
        for (Meter meter : registry.getMeters()) {
            assertFalse(
                    meter.getId().toString().contains("a password"),
                    meter.getId().toString());
            assertFalse(
                    meter.getId().toString().contains("an account"),
                    meter.getId().toString());
        }
    }
}
