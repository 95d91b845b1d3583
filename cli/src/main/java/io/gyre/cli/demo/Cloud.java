package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformFacts;
import io.gyre.platform.process.Poll;
import io.gyre.rpc.RpcCall;
import io.gyre.rpc.RpcClient;
import io.gyre.rpc.RpcCredentials;
import io.gyre.rpc.RpcFailure;
import io.gyre.rpc.RpcFault;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The simulated cloud account, reached only through its RAM, STS, RDS and ECS APIs. */
final class Cloud implements AutoCloseable {
    static final String REGION = "cn-hangzhou";

    /** An instance is made, an account is set up: the simulator takes seconds for it, as the real clouds do. */
    private static final Duration SETS_UP_WITHIN = Duration.ofSeconds(60);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    /** A product's API version, as its published SDK names it. */
    enum Product {
        RAM("2015-05-01"),
        STS("2015-04-01"),
        RDS("2014-08-15"),
        ECS("2014-05-26"),
        /** Faults on demand; only the simulated cloud has it. */
        SIMULATOR("2026-11-01");

        private final String version;

        Product(String version) {
            this.version = version;
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final RpcClient client = new RpcClient(vertx, InstantSource.system());
    private final URI endpoint;
    private final RpcCredentials account;

    /** The cloud of a running platform, called by its account. */
    static Cloud of(PlatformFacts facts) {
        return new Cloud(facts.simulatorEndpoint(), AccessKeyFile.read(facts.cloudAccountKeyFile()));
    }

    Cloud(URI endpoint, RpcCredentials account) {
        this.endpoint = endpoint;
        this.account = account;
    }

    /** @throws PlatformException if the cloud refuses or does not answer, with its words */
    JsonNode call(Product product, String action, Map<String, String> parameters) {
        try {
            return call(product, action, parameters, account);
        } catch (RpcFailure e) {
            throw new PlatformException("The simulated cloud refused " + action + ": " + e.getMessage(), e);
        }
    }

    /** Whether RAM lets this key in: STS answers whom it belongs to. */
    boolean letsIn(RpcCredentials key) {
        try {
            return call(Product.STS, "GetCallerIdentity", Map.of(), key).hasNonNull("AccountId");
        } catch (RpcFault e) {
            if (e.code().startsWith("InvalidAccessKeyId")) {
                return false;
            }
            throw new PlatformException("STS answered neither yes nor no: " + e.code() + ".", e);
        } catch (RpcFailure e) {
            throw new PlatformException("STS answered neither yes nor no: " + e.getMessage(), e);
        }
    }

    private JsonNode call(Product product, String action, Map<String, String> parameters, RpcCredentials signer) {
        return client.call(
                        new RpcCall(endpoint, product.version, action, new TreeMap<>(parameters), signer, CALL_TIMEOUT))
                .await()
                .atMost(CALL_TIMEOUT.plusSeconds(1));
    }

    /** @throws PlatformException if it does not come about within a minute */
    static void await(String what, BooleanSupplier condition) {
        if (!Poll.until(SETS_UP_WITHIN, condition)) {
            throw new PlatformException(
                    "Waited " + SETS_UP_WITHIN.toSeconds() + " s in vain for " + what + ": see ./gyre logs.");
        }
    }

    @Override
    public void close() {
        client.close().await().atMost(CALL_TIMEOUT);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
