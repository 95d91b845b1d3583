package io.gyre.platform;

import io.gyre.event.Topics;
import io.gyre.platform.tls.LocalAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything of a running platform is found. Names files that hold secrets, and holds none itself.
 *
 * @param home data, logs and secrets
 * @param endpoint the KMS API
 * @param secureEndpoint the same over TLS
 * @param secureOperations the operations API and the console over TLS
 * @param authority the certificate that clients trust at both, in PEM
 * @param bootstrapServers where Kafka's clients connect
 * @param topics every topic of Gyre
 * @param simulatorEndpoint the simulated cloud's RAM, STS, RDS and ECS APIs
 * @param administratorKeyFile Gyre's administrator, as lines {@code AccessKeyId=…} and {@code AccessKeySecret=…}
 * @param cloudAccountKeyFile the simulated cloud account's own key, in the same form
 * @param ops base URL of health (and of the console) by process name
 * @param speed calendar seconds per second
 * @param healthyAfter from the start's begin until every process was healthy
 */
public record PlatformFacts(
        Path home,
        URI endpoint,
        URI secureEndpoint,
        URI secureOperations,
        Path authority,
        String bootstrapServers,
        List<String> topics,
        URI simulatorEndpoint,
        Path administratorKeyFile,
        Path cloudAccountKeyFile,
        Map<String, URI> ops,
        double speed,
        Duration healthyAfter) {

    /** The lists and maps are copied. */
    public PlatformFacts {
        topics = List.copyOf(topics);
        ops = Map.copyOf(ops);
    }

    /** @param healthyAfter from the start's begin until every process was healthy */
    public static PlatformFacts of(PlatformPlan plan, Duration healthyAfter) {
        Home home = new Home(plan.home());
        Ports ports = plan.ports();
        Map<String, URI> ops = new HashMap<>();
        ports.ops().forEach((process, port) -> ops.put(process, local(port)));
        return new PlatformFacts(
                home.folder(),
                local(ports.api()),
                overTls(ports.apiOverTls()),
                overTls(ports.apiOpsOverTls()),
                LocalAuthority.certificateIn(home.tls()),
                "127.0.0.1:" + ports.kafka(),
                Topics.all().stream().map(Topics.Declaration::name).toList(),
                local(ports.simulator()),
                home.administratorKeyFile(),
                home.cloudAccountKeyFile(),
                ops,
                plan.speed(),
                healthyAfter);
    }

    private static URI overTls(int port) {
        return URI.create("https://127.0.0.1:" + port);
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
