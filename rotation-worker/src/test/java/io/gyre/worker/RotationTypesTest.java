package io.gyre.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.metrics.Metrics;
import io.gyre.rpc.RpcClient;
import io.gyre.secret.SecretText;
import io.gyre.secret.SecretType;
import io.gyre.trace.Traces;
import io.gyre.worker.engine.RotationType;
import io.gyre.worker.target.CloudConfig;
import io.gyre.worker.target.SshTrial;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RotationTypesTest {
    /** With nothing to reach. */
    private record Nowhere(
            URI ramEndpoint,
            URI stsEndpoint,
            URI rdsEndpoint,
            URI ecsEndpoint,
            String accessKeyId,
            SecretText accessKeySecret)
            implements CloudConfig {}

    @Test
    void everyTypeOfSecretThatIsRotatedIsListedOnce() {
        URI nobody = URI.create("http://127.0.0.1:1");
        Vertx vertx = Vertx.vertx();
        RotationTypes types = new RotationTypes();
        RpcClient rpc = types.rpc(vertx, new Metrics(new SimpleMeterRegistry()), Traces.OFF);
        try (SshTrial ssh = types.ssh()) {
            var listed = types.types(
                    rpc,
                    new Nowhere(nobody, nobody, nobody, nobody, "id", SecretText.of("secret")),
                    vertx,
                    ssh,
                    new SecureRandom());
            Set<String> rotated = Stream.of(SecretType.values())
                    .map(SecretType::rotationType)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toSet());

            assertEquals(rotated, listed.stream().map(RotationType::name).collect(Collectors.toSet()));
            assertEquals(rotated.size(), listed.size());
            assertEquals(rotated, types.looks().keySet());
        } finally {
            types.close(rpc);
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
