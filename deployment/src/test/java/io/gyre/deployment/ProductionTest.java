package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.gyre.deployment.PostgresCluster.Cluster;
import io.gyre.event.Topics;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.listener.GenericKafkaListener;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** k8s/overlays/production as one whole: what each part says of the others is so. */
class ProductionTest {
    private static final Path WORKERS = Project.ROOT.resolve("k8s/components/workers-by-type");
    private static final Pattern GROUP =
            Pattern.compile("(?m)^mp\\.messaging\\.incoming\\.requests\\.group\\.id=(.+)$");

    private final Manifests manifests = Manifests.of(Project.ROOT.resolve("k8s/overlays/production"));
    private final Map<String, String> api = manifests.environment("api-service");

    private static Set<String> types() {
        return Topics.all().stream()
                .map(Topics.Declaration::name)
                .filter(name -> name.startsWith(Topics.REQUESTS_PREFIX))
                .map(name -> name.substring(Topics.REQUESTS_PREFIX.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Deployment> workers() {
        Map<String, Deployment> workers = new TreeMap<>(manifests.all(Deployment.class));
        workers.keySet().removeIf(name -> !name.startsWith("rotation-worker"));
        return workers;
    }

    /** {@code -Dgyre.write-documents=true} writes them anew. */
    @Test
    void theWorkersAreThoseOfTheBaseByType() throws IOException {
        String workers = WorkersByType.workers(Topics.all(), Project.read("k8s/base/rotation-worker.yaml"));
        String scaling = WorkersByType.scaling(Topics.all());
        if (Boolean.getBoolean("gyre.write-documents")) {
            Files.writeString(WORKERS.resolve("workers.yaml"), workers);
            Files.writeString(WORKERS.resolve("scaling.yaml"), scaling);
        }
        assertEquals(workers, Files.readString(WORKERS.resolve("workers.yaml")));
        assertEquals(scaling, Files.readString(WORKERS.resolve("scaling.yaml")));
    }

    @Test
    void eachTypeOfRotationHasWorkersOfItsOwn() {
        Set<String> served = new TreeSet<>();
        workers().keySet().forEach(name -> {
            String type = manifests.environment(name).get("GYRE_WORKER_TYPES");
            assertEquals("rotation-worker-" + type, name);
            served.add(type);
        });
        assertEquals(types(), served);
        assertEquals(
                types(),
                new TreeSet<>(List.of(Manifests.of(Project.ROOT.resolve("k8s/base"))
                        .environment("rotation-worker")
                        .get("GYRE_WORKER_TYPES")
                        .split(",", -1))));
    }

    @Test
    void noWorkloadTakesAnothersPods() {
        manifests.all(Deployment.class).forEach((name, deployment) -> {
            Map<String, String> selected = deployment.getSpec().getSelector().getMatchLabels();
            Set<String> taken = manifests.pods().entrySet().stream()
                    .filter(pod -> hasLabels(pod.getValue(), selected))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            assertEquals(Set.of(name), taken);
        });
    }

    private static boolean hasLabels(PodTemplateSpec pod, Map<String, String> labels) {
        return pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet());
    }

    @Test
    void workersAreScaledByTheTopicOfTheirType() {
        Matcher group = GROUP.matcher(Project.read("rotation-worker/src/main/resources/application.properties"));
        assertTrue(group.find());
        assertEquals(workers().keySet(), manifests.all(ScaledObject.class).keySet());
        for (ScaledObject scaled : manifests.all(ScaledObject.class).values()) {
            String name = scaled.getSpec().scaleTargetRef().getName();
            assertEquals(scaled.getMetadata().getName(), name);
            assertNull(workers().get(name).getSpec().getReplicas(), "KEDA says how many, and nobody else");
            Map<String, String> lag = trigger(scaled, "kafka");
            Topics.Declaration topic = Topics.all().stream()
                    .filter(each -> each.name().equals(lag.get("topic")))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Topics.requests(manifests.environment(name).get("GYRE_WORKER_TYPES")), topic.name());
            assertEquals(topic.partitions(), scaled.getSpec().maxReplicaCount());
            assertTrue(scaled.getSpec().minReplicaCount() > 0, "nobody would find what no record tells of");
            assertEquals(group.group(1), lag.get("consumerGroup"));
            assertEquals(api.get("GYRE_KAFKA_BOOTSTRAP_SERVERS").replace(":", ".gyre:"), lag.get("bootstrapServers"));
        }
    }

    @Test
    void workersAreScaledByWhatIsDueToo() {
        List<TriggerAuthentication.FromSecret> from = manifests
                .all(TriggerAuthentication.class)
                .get("rotations-due")
                .getSpec()
                .secretTargetRef();
        assertEquals(
                List.of(new TriggerAuthentication.FromSecret("password", secretOf("gyre_worker"), "password")), from);
        for (ScaledObject scaled : manifests.all(ScaledObject.class).values()) {
            Map<String, String> told =
                    manifests.environment(scaled.getMetadata().getName());
            Map<String, String> due = trigger(scaled, "postgresql");
            assertEquals(told.get("GYRE_DB_HOST") + ".gyre", due.get("host"));
            assertEquals(told.get("GYRE_DB_PORT"), due.get("port"));
            assertEquals(told.get("GYRE_DB_NAME"), due.get("dbName"));
            assertEquals(told.get("GYRE_DB_USER"), due.get("userName"));
            assertTrue(due.get("query").contains("rotation_type = '" + told.get("GYRE_WORKER_TYPES") + "'"));
        }
    }

    private static Map<String, String> trigger(ScaledObject scaled, String type) {
        return scaled.getSpec().triggers().stream()
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElseThrow()
                .metadata();
    }

    private static String secretOf(String role) {
        return "postgres-" + role.replace('_', '-');
    }

    @Test
    void theDatabaseHasTheRolesThatTheProcessesWorkAs() {
        PostgresCluster cluster = manifests.all(PostgresCluster.class).get("postgres");
        Cluster spec = cluster.getSpec();
        assertEquals(cluster.getMetadata().getName() + "-rw", api.get("GYRE_DB_HOST"));
        assertEquals(api.get("GYRE_DB_NAME"), spec.bootstrap().initdb().database());
        assertEquals(api.get("GYRE_DB_OWNER"), spec.bootstrap().initdb().owner());
        assertEquals(
                secretOf(api.get("GYRE_DB_OWNER")),
                spec.bootstrap().initdb().secret().getName());
        Set<String> users = new TreeSet<>();
        manifests
                .pods()
                .keySet()
                .forEach(name -> users.add(manifests.environment(name).get("GYRE_DB_USER")));
        Set<String> made = new TreeSet<>();
        spec.managed().roles().forEach(role -> {
            assertTrue(role.login(), role.name());
            assertEquals("present", role.ensure());
            assertEquals(secretOf(role.name()), role.passwordSecret().getName());
            made.add(role.name());
        });
        assertEquals(users, made);
    }

    @Test
    void whatIsCommittedOutlivesTheLossOfANode() {
        Cluster postgres = manifests.all(PostgresCluster.class).get("postgres").getSpec();
        assertTrue(postgres.instances() >= 3);
        assertEquals(1, postgres.postgresql().synchronous().number());
        assertEquals("required", postgres.postgresql().synchronous().dataDurability());
        assertEquals("required", postgres.affinity().podAntiAffinityType());
        Kafka kafka = manifests.all(Kafka.class).get("gyre");
        KafkaNodePool nodes = manifests.all(KafkaNodePool.class).get("nodes");
        assertEquals("gyre", nodes.getMetadata().getLabels().get("strimzi.io/cluster"));
        assertEquals(3, nodes.getSpec().getReplicas());
        assertEquals(3, kafka.getSpec().getKafka().getConfig().get("offsets.topic.replication.factor"));
        assertEquals(2, kafka.getSpec().getKafka().getConfig().get("min.insync.replicas"));
        GenericKafkaListener listener =
                kafka.getSpec().getKafka().getListeners().get(0);
        assertEquals(
                kafka.getMetadata().getName() + "-kafka-bootstrap:" + listener.getPort(),
                api.get("GYRE_KAFKA_BOOTSTRAP_SERVERS"));
    }

    /** Nothing that only one pod can have is mounted, and another one is ready before one ends. */
    @Test
    void apiServiceRunsMoreThanOnce() {
        Deployment deployment = manifests.all(Deployment.class).get("api-service");
        assertTrue(deployment.getSpec().getReplicas() > 1);
        assertEquals(String.valueOf(deployment.getSpec().getReplicas()), api.get("GYRE_THROTTLING_PROCESSES"));
        assertEquals(
                0,
                deployment
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable()
                        .getIntVal());
        assertEquals(Map.of(), manifests.all(PersistentVolumeClaim.class));
        for (Volume volume : deployment.getSpec().getTemplate().getSpec().getVolumes()) {
            assertNull(volume.getPersistentVolumeClaim(), volume.getName());
        }
    }

    @Test
    void podsOfAKindAreTakenAwayOneAfterTheOtherAndSpreadOverNodes() {
        for (PodDisruptionBudget budget :
                manifests.all(PodDisruptionBudget.class).values()) {
            assertEquals(1, budget.getSpec().getMaxUnavailable().getIntVal());
        }
        manifests.pods().forEach((name, pod) -> {
            long budgets = manifests.all(PodDisruptionBudget.class).values().stream()
                    .filter(budget ->
                            hasLabels(pod, budget.getSpec().getSelector().getMatchLabels()))
                    .count();
            assertEquals(1, budgets, name + ": an eviction that two budgets speak of is refused");
            List<String> spread = pod.getSpec().getTopologySpreadConstraints().stream()
                    .map(constraint -> {
                        assertTrue(hasLabels(pod, constraint.getLabelSelector().getMatchLabels()), name);
                        return constraint.getTopologyKey();
                    })
                    .toList();
            assertEquals(List.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"), spread, name);
        });
    }

    @Test
    void nothingIsLeftOfTheDemonstration() {
        manifests.pods().keySet().forEach(name -> manifests.environment(name).forEach((setting, value) -> {
            assertTrue(!value.contains("simulator") && !value.contains("localhost"), setting + "=" + value);
        }));
        assertEquals("false", api.get("GYRE_LOCAL_PLATFORM"));
    }
}
