package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k8s/base",
                "k8s/overlays/demo",
                "k8s/overlays/production",
                "k8s/components/availability",
                "k8s/components/kafka",
                "k8s/components/network-policies",
                "k8s/components/postgres",
                "k8s/components/strimzi",
                "k8s/components/workers-by-type"
            })
    void everyResourceExistsAndNoFileIsForgotten(String folder) throws IOException {
        Path path = Project.ROOT.resolve(folder);
        Set<String> named = new TreeSet<>();
        for (String resource : Kustomization.in(path).resources()) {
            assertTrue(Files.exists(path.resolve(resource)), folder + " names " + resource);
            if (resource.endsWith(".yaml")) {
                named.add(resource);
            }
        }
        try (Stream<Path> files = Files.list(path)) {
            assertEquals(
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
                            .collect(Collectors.toCollection(TreeSet::new)),
                    named);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s/base", "k8s/overlays/demo", "k8s/overlays/production"})
    void itIsOfTheVersionThatKubectlKnows(String folder) {
        Kustomization kustomization = Kustomization.in(Project.ROOT.resolve(folder));
        assertEquals("kustomize.config.k8s.io/v1beta1", kustomization.apiVersion());
        assertEquals("Kustomization", kustomization.kind());
        assertEquals("gyre", kustomization.namespace());
    }

    @Test
    void theComponentTakesAwayWhatItReplaces() {
        Kustomization component = Kustomization.in(Project.ROOT.resolve("k8s/components/strimzi"));
        assertEquals("kustomize.config.k8s.io/v1alpha1", component.apiVersion());
        assertEquals("Component", component.kind());
        JsonNode patch = component.patches().get(0).document();
        assertEquals("delete", patch.path("$patch").asText());
        Set<String> jobs =
                Manifests.of(Project.ROOT.resolve("k8s/base")).all(Job.class).keySet();
        assertEquals("Job", patch.path("kind").asText());
        assertTrue(jobs.contains(patch.path("metadata").path("name").asText()), jobs.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = "k8s/overlays/demo")
    void theFilesOfGeneratedSecretsAreMade(String folder, @TempDir Path scratch)
            throws IOException, InterruptedException {
        Set<String> made = MadeSecrets.in(scratch.resolve("secrets")).names();
        for (Kustomization.SecretFiles secret :
                Kustomization.in(Project.ROOT.resolve(folder)).secretGenerator()) {
            for (String file : secret.files()) {
                assertTrue(
                        file.startsWith("secrets/") && made.contains(file.substring("secrets/".length())),
                        secret.name() + ": " + file + " is not made by deployment/make-secrets");
            }
        }
    }
}
