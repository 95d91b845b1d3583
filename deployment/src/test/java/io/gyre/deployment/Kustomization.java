package io.gyre.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The part of a kustomization.yaml that this project uses; any other field is an error. */
record Kustomization(
        String apiVersion,
        String kind,
        String namespace,
        List<JsonNode> labels,
        List<String> resources,
        List<String> components,
        List<Replicas> replicas,
        List<Patch> patches,
        List<SecretFiles> secretGenerator) {

    /** A Secret made of files. */
    record SecretFiles(String name, List<String> files) {}

    /** How many pods a workload has. */
    record Replicas(String name, int count) {}

    /** A change of an object, as the object's text with what is other; by {@code $patch: delete} it goes. */
    record Patch(String patch) {
        JsonNode document() {
            return Project.document(patch);
        }
    }

    Kustomization {
        labels = Objects.requireNonNullElse(labels, List.of());
        resources = Objects.requireNonNullElse(resources, List.of());
        components = Objects.requireNonNullElse(components, List.of());
        replicas = Objects.requireNonNullElse(replicas, List.of());
        patches = Objects.requireNonNullElse(patches, List.of());
        secretGenerator = Objects.requireNonNullElse(secretGenerator, List.of());
    }

    static Kustomization in(Path folder) {
        Path file = folder.resolve("kustomization.yaml");
        try {
            return Project.JSON.treeToValue(Project.yaml(file).get(0), Kustomization.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(file + ": " + e.getOriginalMessage(), e);
        }
    }
}
