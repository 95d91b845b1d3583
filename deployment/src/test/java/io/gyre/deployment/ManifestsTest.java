package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
    private final Manifests manifests = Manifests.of(Project.ROOT.resolve("k8s/overlays/demo"));

    @Test
    void everyProcessHasADeployment() {
        assertEquals(
                Set.copyOf(Project.PROCESSES), manifests.all(Deployment.class).keySet());
    }

    /** Names are the contract; values are the same too where both run the same things. */
    @Test
    void theProcessesAreConfiguredAsComposeConfiguresThem() {
        for (String process : Project.PROCESSES) {
            Map<String, String> compose =
                    new TreeMap<>(ComposeFile.read().service(process).environment());
            Map<String, String> kubernetes = new TreeMap<>(environment(process));
            assertEquals(compose.remove("GYRE_WORKER_NAME") != null, kubernetes.remove("GYRE_WORKER_NAME") != null);
            assertEquals(compose, kubernetes, process);
        }
    }

    @Test
    void theProcessesListenWhereTheirPortsAreDeclared() {
        Map<String, String> variables = Map.of(
                "ops", "GYRE_OPS_PORT",
                "ops-tls", "GYRE_OPS_TLS_PORT",
                "api", "GYRE_API_PORT",
                "cloud", "GYRE_SIMULATOR_PORT");
        for (String process : Project.PROCESSES) {
            main(process)
                    .getPorts()
                    .forEach(port -> assertEquals(
                            environment(process).get(variables.get(port.getName())),
                            String.valueOf(port.getContainerPort()),
                            process + " " + port.getName()));
        }
    }

    @Test
    void theProcessesAreAskedForTheirHealthWhereTheyServeIt() {
        for (String process : Project.PROCESSES) {
            Container container = main(process);
            assertProbe("/q/health/live", container.getStartupProbe());
            assertProbe("/q/health/live", container.getLivenessProbe());
            assertProbe("/q/health/ready", container.getReadinessProbe());
        }
    }

    @Test
    void imagesAreThoseOfCompose() {
        Set<String> compose = new HashSet<>();
        ComposeFile.read().services().values().forEach(service -> compose.add(service.image()));
        Set<String> kubernetes = new HashSet<>();
        containers(manifests).forEach(container -> kubernetes.add(container.getImage()));
        assertEquals(compose, kubernetes);
    }

    /** The namespace enforces the standard "restricted", which refuses pods that say less. */
    @ParameterizedTest
    @ValueSource(strings = {"k8s/overlays/demo", "k8s/overlays/production"})
    void podsAskForNoPrivileges(String overlay) {
        Manifests manifests = Manifests.of(Project.ROOT.resolve(overlay));
        manifests.pods().forEach((name, pod) -> {
            assertEquals(true, pod.getSpec().getSecurityContext().getRunAsNonRoot(), name);
            assertNotNull(pod.getSpec().getSecurityContext().getRunAsUser(), name);
            assertEquals(
                    "RuntimeDefault",
                    pod.getSpec().getSecurityContext().getSeccompProfile().getType(),
                    name);
            assertEquals(false, pod.getSpec().getAutomountServiceAccountToken(), name);
        });
        containers(manifests).forEach(container -> {
            assertEquals(false, container.getSecurityContext().getAllowPrivilegeEscalation(), container.getName());
            assertEquals(
                    List.of("ALL"),
                    container.getSecurityContext().getCapabilities().getDrop(),
                    container.getName());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s/overlays/demo", "k8s/overlays/production"})
    void everyContainerHasItsShareOfMemory(String overlay) {
        containers(Manifests.of(Project.ROOT.resolve(overlay))).forEach(container -> {
            assertTrue(container.getResources().getRequests().containsKey("memory"), container.getName());
            assertTrue(container.getResources().getLimits().containsKey("memory"), container.getName());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s/overlays/demo", "k8s/overlays/production"})
    void secretsComeAsFilesAndNeverAsVariables(String overlay) {
        containers(Manifests.of(Project.ROOT.resolve(overlay))).forEach(container -> {
            assertTrue(
                    container.getEnvFrom().stream().allMatch(source -> source.getSecretRef() == null),
                    container.getName());
            assertTrue(
                    container.getEnv().stream()
                            .allMatch(variable -> variable.getValueFrom() == null
                                    || variable.getValueFrom().getSecretKeyRef() == null),
                    container.getName());
        });
    }

    @Test
    void whatAPodMountsIsThere() {
        manifests.pods().forEach((name, pod) -> {
            Set<String> volumes = new HashSet<>();
            pod.getSpec().getVolumes().forEach(volume -> volumes.add(volume.getName()));
            claims(name).forEach(volumes::add);
            Set<String> mounted = new HashSet<>();
            all(pod.getSpec())
                    .flatMap(it -> it.getVolumeMounts().stream())
                    .map(VolumeMount::getName)
                    .forEach(mounted::add);
            assertEquals(volumes, mounted, name);
            pod.getSpec().getVolumes().forEach(volume -> assertSourceExists(name, volume));
        });
    }

    @Test
    void servicesLeadToPodsAndToPortsThatTheyHave() {
        for (Service service : manifests.all(Service.class).values()) {
            String name = service.getMetadata().getName();
            PodTemplateSpec pod = manifests.pods().get(name);
            assertNotNull(pod, "Service " + name + " has no pods of its name");
            assertEquals(service.getSpec().getSelector(), pod.getMetadata().getLabels(), name);
            Map<String, Integer> ports = new TreeMap<>();
            pod.getSpec().getContainers().forEach(it -> it.getPorts()
                    .forEach(port -> ports.put(port.getName(), port.getContainerPort())));
            for (ServicePort port : service.getSpec().getPorts()) {
                assertEquals(ports.get(port.getTargetPort().getStrVal()), port.getPort(), name);
            }
        }
    }

    /** That both of its ports speak TLS, the settings say, which are those of Compose; files as the environment names them. */
    @Test
    void apiServiceIsReachedByOtherPodsOverTlsAlone() {
        Service service = manifests.all(Service.class).get("api-service");
        Set<String> offered = new HashSet<>();
        service.getSpec().getPorts().forEach(port -> offered.add(String.valueOf(port.getPort())));
        Map<String, String> environment = environment("api-service");
        assertEquals(Set.of(environment.get("GYRE_API_PORT"), environment.get("GYRE_OPS_TLS_PORT")), offered);
        Set<String> files = new HashSet<>();
        manifests.pods().get("api-service").getSpec().getVolumes().stream()
                .filter(volume -> volume.getSecret() != null)
                .flatMap(volume -> volume.getSecret().getItems().stream())
                .forEach(item -> files.add("/run/secrets/" + item.getPath()));
        for (String setting : List.of(
                "GYRE_API_TLS_CERTIFICATE", "GYRE_API_TLS_KEY", "GYRE_OPS_TLS_CERTIFICATE", "GYRE_OPS_TLS_KEY")) {
            assertTrue(files.contains(environment.get(setting)), setting);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s/overlays/demo", "k8s/overlays/production"})
    void selectorsMatchTheirTemplates(String overlay) {
        Manifests manifests = Manifests.of(Project.ROOT.resolve(overlay));
        manifests
                .all(Deployment.class)
                .forEach((name, it) -> assertEquals(
                        it.getSpec().getSelector().getMatchLabels(),
                        it.getSpec().getTemplate().getMetadata().getLabels(),
                        name));
        manifests
                .all(StatefulSet.class)
                .forEach((name, it) -> assertEquals(
                        it.getSpec().getSelector().getMatchLabels(),
                        it.getSpec().getTemplate().getMetadata().getLabels(),
                        name));
    }

    private void assertSourceExists(String pod, Volume volume) {
        SecretVolumeSource secret = volume.getSecret();
        if (secret != null) {
            List<String> files = manifests.secretFiles().get(secret.getSecretName());
            assertNotNull(files, pod + ": Secret " + secret.getSecretName() + " is not generated");
            secret.getItems().stream()
                    .map(KeyToPath::getKey)
                    .forEach(key -> assertTrue(files.contains("secrets/" + key), pod + ": " + key));
        }
        if (volume.getPersistentVolumeClaim() != null) {
            String claim = volume.getPersistentVolumeClaim().getClaimName();
            assertTrue(manifests.all(PersistentVolumeClaim.class).containsKey(claim), pod + ": " + claim);
        }
    }

    private Stream<String> claims(String workload) {
        StatefulSet set = manifests.all(StatefulSet.class).get(workload);
        return set == null
                ? Stream.of()
                : set.getSpec().getVolumeClaimTemplates().stream()
                        .map(claim -> claim.getMetadata().getName());
    }

    private static Stream<Container> containers(Manifests manifests) {
        return manifests.pods().values().stream().map(PodTemplateSpec::getSpec).flatMap(ManifestsTest::all);
    }

    private static Stream<Container> all(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    private Container main(String process) {
        return manifests.pods().get(process).getSpec().getContainers().get(0);
    }

    private Map<String, String> environment(String process) {
        return manifests.environment(process);
    }

    private static void assertProbe(String path, Probe probe) {
        assertEquals(path, probe.getHttpGet().getPath());
        assertEquals("ops", probe.getHttpGet().getPort().getStrVal());
    }
}
