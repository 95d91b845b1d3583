package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.deployment.ProcessSettings.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process is not killed before it has had the time that its settings give it to end. */
class StoppingTest {
    /** For closing pools and clients, and for the JVM itself. */
    private static final Duration REST = Duration.ofSeconds(10);

    /** What Kubernetes waits where a pod says nothing. */
    private static final long USUAL_GRACE = 30;

    private static final Pattern OPEN_REQUESTS = Pattern.compile("(?m)^quarkus\\.shutdown\\.timeout=(\\d+)s$");

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "rotation-worker", "cloud-simulator"})
    void composeWaitsForIt(String process) {
        ComposeFile.Service service = ComposeFile.read().service(process);
        isEnough(
                process,
                duration(service.tree().path("stop_grace_period").asText()),
                longest(process, service.environment()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "rotation-worker", "cloud-simulator"})
    void kubernetesWaitsForIt(String process) {
        Manifests manifests = Manifests.of(Project.ROOT.resolve("k8s/overlays/demo"));
        Long grace = manifests.pods().get(process).getSpec().getTerminationGracePeriodSeconds();
        isEnough(
                process,
                Duration.ofSeconds(grace == null ? USUAL_GRACE : grace),
                longest(process, manifests.environment(process)));
    }

    private static void isEnough(String process, Duration grace, Duration longest) {
        assertTrue(
                grace.compareTo(longest.plus(REST)) >= 0,
                () -> process + " may take " + longest + " to end and some more, and is given " + grace);
    }

    /** The times that follow each other at its end. */
    private static Duration longest(String process, Map<String, String> environment) {
        Map<String, Setting> settings = ProcessSettings.of(process);
        return switch (process) {
            case "api-service" ->
                given(settings.get("gyre.stop.announced"), environment)
                        .plus(openRequests(process))
                        .plus(given(settings.get("gyre.stop.within"), environment));
            case "rotation-worker" -> given(settings.get("gyre.worker.drain-within"), environment);
            default -> openRequests(process);
        };
    }

    private static Duration given(Setting setting, Map<String, String> environment) {
        return duration(
                environment.getOrDefault(setting.variable(), setting.fallback().orElseThrow()));
    }

    private static Duration openRequests(String process) {
        Matcher line = OPEN_REQUESTS.matcher(Project.read(process + "/src/main/resources/application.properties"));
        assertTrue(line.find(), process + " does not say how long it waits for open requests");
        return Duration.ofSeconds(Long.parseLong(line.group(1)));
    }

    /** As Quarkus reads it: ISO 8601, or a number with a unit. */
    private static Duration duration(String text) {
        return Duration.parse(text.startsWith("PT") ? text : "PT" + text);
    }
}
