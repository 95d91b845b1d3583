package io.gyre.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of a kustomization and of those that it builds on, read as the cluster reads them: strictly. */
record Manifests(List<HasMetadata> objects, List<Kustomization.SecretFiles> secrets) {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/Namespace", Namespace.class,
            "v1/ConfigMap", ConfigMap.class,
            "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
            "v1/Service", Service.class,
            "apps/v1/Deployment", Deployment.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "batch/v1/Job", Job.class,
            "kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class);

    /** The models keep unknown fields aside; here each is an error, as it is for the cluster's own strict check. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    static Manifests of(Path folder) {
        Manifests all = new Manifests(new ArrayList<>(), new ArrayList<>());
        all.read(folder);
        return all;
    }

    private void read(Path folder) {
        Kustomization kustomization = Kustomization.in(folder);
        secrets.addAll(kustomization.secretGenerator());
        for (String resource : kustomization.resources()) {
            Path path = folder.resolve(resource).normalize();
            if (path.toFile().isDirectory()) {
                read(path);
            } else {
                Project.yaml(path).forEach(document -> objects.add(typed(path, document)));
            }
        }
    }

    private static HasMetadata typed(Path file, JsonNode document) {
        String kind = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            throw new AssertionError(file + ": no object of kind " + kind + " is expected");
        }
        try {
            return STRICT.treeToValue(document, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(file + ", " + kind + ": " + e.getOriginalMessage(), e);
        }
    }

    <T extends HasMetadata> Map<String, T> all(Class<T> type) {
        Map<String, T> found = new LinkedHashMap<>();
        objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .forEach(object -> found.put(object.getMetadata().getName(), object));
        return found;
    }

    /** Everything that runs pods, by name. */
    Map<String, PodTemplateSpec> pods() {
        Map<String, PodTemplateSpec> pods = new LinkedHashMap<>();
        all(Deployment.class).forEach((name, it) -> pods.put(name, it.getSpec().getTemplate()));
        all(StatefulSet.class).forEach((name, it) -> pods.put(name, it.getSpec().getTemplate()));
        all(Job.class).forEach((name, it) -> pods.put(name, it.getSpec().getTemplate()));
        return pods;
    }

    /** What the first container of a workload is told openly; "null" where the value is not the manifest's. */
    Map<String, String> environment(String workload) {
        Container container = pods().get(workload).getSpec().getContainers().get(0);
        Map<String, String> environment = new TreeMap<>();
        container.getEnvFrom().forEach(source -> {
            String name = source.getConfigMapRef().getName();
            ConfigMap map = all(ConfigMap.class).get(name);
            if (map == null) {
                throw new AssertionError(workload + ": there is no ConfigMap " + name);
            }
            environment.putAll(map.getData());
        });
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), String.valueOf(variable.getValue()));
        }
        return environment;
    }

    /** The files of a Secret that is generated, by the Secret's name. */
    Map<String, List<String>> secretFiles() {
        Map<String, List<String>> files = new LinkedHashMap<>();
        secrets.forEach(secret -> files.put(secret.name(), secret.files()));
        return files;
    }
}
