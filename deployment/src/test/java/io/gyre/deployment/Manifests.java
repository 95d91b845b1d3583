package io.gyre.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The objects of a kustomization, with those that it builds on, its components and its patches, read as the cluster reads them: strictly.
 * Of kustomize's own rules it knows what this project uses, and patches change maps and values alone.
 */
record Manifests(List<HasMetadata> objects, List<Kustomization.SecretFiles> secrets) {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            Map.entry("postgresql.cnpg.io/v1/Cluster", PostgresCluster.class),
            Map.entry("keda.sh/v1alpha1/ScaledObject", ScaledObject.class),
            Map.entry("keda.sh/v1alpha1/TriggerAuthentication", TriggerAuthentication.class));

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
        List<Kustomization.SecretFiles> secrets = new ArrayList<>();
        return new Manifests(build(folder, secrets).map(Manifests::typed).toList(), secrets);
    }

    /** The same objects as they are written. */
    static List<JsonNode> written(Path folder) {
        return build(folder, new ArrayList<>()).toList();
    }

    private static Stream<JsonNode> build(Path folder, List<Kustomization.SecretFiles> secrets) {
        Map<String, JsonNode> documents = new LinkedHashMap<>();
        build(folder, documents, secrets);
        return documents.values().stream();
    }

    /** Resources, then components, then the folder's own changes: kustomize's order. */
    private static void build(Path folder, Map<String, JsonNode> documents, List<Kustomization.SecretFiles> secrets) {
        Kustomization kustomization = Kustomization.in(folder);
        secrets.addAll(kustomization.secretGenerator());
        for (String resource : kustomization.resources()) {
            Path path = folder.resolve(resource).normalize();
            if (path.toFile().isDirectory()) {
                build(path, documents, secrets);
            } else {
                Project.yaml(path).forEach(document -> add(path, document, documents));
            }
        }
        for (String component : kustomization.components()) {
            build(folder.resolve(component).normalize(), documents, secrets);
        }
        for (Kustomization.Patch patch : kustomization.patches()) {
            apply(folder, patch.document(), documents);
        }
        for (Kustomization.Replicas replicas : kustomization.replicas()) {
            ((ObjectNode) patched(folder, "apps/v1/Deployment " + replicas.name(), documents)
                            .get("spec"))
                    .put("replicas", replicas.count());
        }
    }

    private static void add(Path file, JsonNode document, Map<String, JsonNode> documents) {
        if (documents.put(identity(document), document) != null) {
            throw new AssertionError(file + ": there are two of " + identity(document));
        }
    }

    private static void apply(Path folder, JsonNode patch, Map<String, JsonNode> documents) {
        JsonNode target = patched(folder, identity(patch), documents);
        if (patch.path("$patch").asText().equals("delete")) {
            documents.remove(identity(patch));
        } else {
            merge((ObjectNode) target, patch);
        }
    }

    private static JsonNode patched(Path folder, String identity, Map<String, JsonNode> documents) {
        JsonNode target = documents.get(identity);
        if (target == null) {
            throw new AssertionError(folder + " changes " + identity + ", which is not there");
        }
        return target;
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(entry -> {
            JsonNode was = target.get(entry.getKey());
            if (entry.getValue().isArray()) {
                throw new AssertionError("A patch of a list (" + entry.getKey() + ") is not read here");
            }
            if (was instanceof ObjectNode inner && entry.getValue().isObject()) {
                merge(inner, entry.getValue());
            } else {
                target.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private static String kind(JsonNode document) {
        return document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
    }

    private static String identity(JsonNode document) {
        return kind(document) + " " + document.at("/metadata/name").asText();
    }

    private static HasMetadata typed(JsonNode document) {
        Class<? extends HasMetadata> type = KINDS.get(kind(document));
        if (type == null) {
            throw new AssertionError("No object of kind " + kind(document) + " is expected");
        }
        try {
            return STRICT.treeToValue(document, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(identity(document) + ": " + e.getOriginalMessage(), e);
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
