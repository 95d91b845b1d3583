package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.gyre.deployment.Traffic.Peer;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may speak with whom in k8s/overlays/production, by the ports that the processes are told. */
class NetworkPoliciesTest {
    private static final String NAMESPACE = "gyre";
    private static final int POSTGRES = 5432;
    private static final int KAFKA = 9092;

    private final Manifests manifests = Manifests.of(Project.ROOT.resolve("k8s/overlays/production"));
    private final Traffic traffic = new Traffic(
            NAMESPACE,
            Stream.concat(manifests.all(NetworkPolicy.class).values().stream(), listeners())
                    .toList());
    private final Peer api = pod("api-service");
    private final Peer postgres = Peer.pod(NAMESPACE, Map.of("cnpg.io/cluster", "postgres"));
    private final Peer kafka =
            Peer.pod(NAMESPACE, Map.of("strimzi.io/cluster", "gyre", "strimzi.io/name", "gyre-kafka"));
    private final Peer stranger = Peer.pod(NAMESPACE, Map.of("app", "somebody"));
    private final Peer keda = Peer.pod("keda", Map.of("app", "keda-operator"));
    private final Peer elsewhere = Peer.pod("shop", Map.of("app", "checkout"));
    private final Peer internet = Peer.at("203.0.113.7");

    /** What Strimzi makes of the listeners of its Kafka resource. */
    private Stream<NetworkPolicy> listeners() {
        return manifests.all(Kafka.class).values().stream()
                .flatMap(kafka -> kafka.getSpec().getKafka().getListeners().stream()
                        .map(listener -> new NetworkPolicyBuilder()
                                .withNewSpec()
                                .withNewPodSelector()
                                .addToMatchLabels(
                                        "strimzi.io/name", kafka.getMetadata().getName() + "-kafka")
                                .endPodSelector()
                                .addToPolicyTypes("Ingress")
                                .addNewIngress()
                                .addAllToFrom(listener.getNetworkPolicyPeers())
                                .addNewPort()
                                .withProtocol("TCP")
                                .withNewPort(listener.getPort())
                                .endPort()
                                .endIngress()
                                .endSpec()
                                .build()));
    }

    private Peer pod(String workload) {
        return Peer.pod(NAMESPACE, manifests.pods().get(workload).getMetadata().getLabels());
    }

    private List<String> workers() {
        return manifests.pods().keySet().stream()
                .filter(name -> name.startsWith("rotation-worker"))
                .toList();
    }

    private List<Peer> processes() {
        List<Peer> processes = new ArrayList<>(List.of(api));
        workers().forEach(worker -> processes.add(pod(worker)));
        return processes;
    }

    private int port(String workload, String setting) {
        return Integer.parseInt(manifests.environment(workload).get(setting));
    }

    @Test
    void apiServiceIsCalledFromAnywhereAtItsPortsOfTls() {
        for (String setting : List.of("GYRE_API_PORT", "GYRE_OPS_TLS_PORT")) {
            for (Peer caller : List.of(elsewhere, internet)) {
                assertTrue(traffic.allows(caller, api, port("api-service", setting)), setting + " " + caller);
            }
        }
    }

    @Test
    void nobodyElseIsCalledFromOutsideAndHealthIsAskedForByTheOwnNodeAlone() {
        assertTrue(workers().size() > 1, "there are no workers by type");
        for (Peer caller : List.of(elsewhere, internet, stranger, api)) {
            for (String worker : workers()) {
                assertFalse(traffic.allows(caller, pod(worker), port(worker, "GYRE_OPS_PORT")), worker);
            }
            assertFalse(traffic.allows(caller, api, port("api-service", "GYRE_OPS_PORT")), caller.toString());
        }
        for (Peer caller : List.of(elsewhere, internet, stranger)) {
            assertFalse(traffic.allows(caller, postgres, POSTGRES), caller.toString());
            assertFalse(traffic.allows(caller, kafka, KAFKA), caller.toString());
        }
        assertTrue(traffic.allows(keda, postgres, POSTGRES), "KEDA asks what is due");
        assertTrue(traffic.allows(keda, kafka, KAFKA), "KEDA asks for the lag");
    }

    @Test
    void theProcessesReachTheStoresThatTheyAreToldOf() {
        for (String workload : manifests.pods().keySet()) {
            Map<String, String> told = manifests.environment(workload);
            assertTrue(told.containsKey("GYRE_DB_PORT"), workload);
            int kafkaPort =
                    Integer.parseInt(told.get("GYRE_KAFKA_BOOTSTRAP_SERVERS").split(":", 2)[1]);
            assertTrue(traffic.allows(pod(workload), postgres, Integer.parseInt(told.get("GYRE_DB_PORT"))), workload);
            assertTrue(traffic.allows(pod(workload), kafka, kafkaPort), workload);
        }
    }

    @Test
    void theWorkersReachTheCloudAndLogInThere() {
        for (String worker : workers()) {
            manifests.environment(worker).forEach((name, value) -> {
                if (name.startsWith("GYRE_CLOUD_") && name.endsWith("_ENDPOINT")) {
                    URI endpoint = URI.create(value);
                    int port =
                            endpoint.getPort() < 0 && endpoint.getScheme().equals("https") ? 443 : endpoint.getPort();
                    assertTrue(traffic.allows(pod(worker), internet, port), name);
                }
            });
            for (int login : List.of(22, POSTGRES)) {
                assertTrue(traffic.allows(pod(worker), Peer.at("10.1.2.3"), login), worker + " " + login);
            }
        }
    }

    /** There, a cloud hands out the credentials of the machine to whoever asks from it. */
    @Test
    void noProcessReachesTheAddressesOfAMachinesOwnCredentials() {
        for (Peer process : processes()) {
            for (String address : List.of("169.254.169.254", "100.100.100.200")) {
                for (int port : List.of(80, 443, 22)) {
                    assertFalse(traffic.allows(process, Peer.at(address), port), process + " " + address);
                }
            }
            assertFalse(traffic.allows(process, internet, 80), process.toString());
        }
    }

    @Test
    void theStoresCallNoProcess() {
        for (Peer store : List.of(postgres, kafka)) {
            assertFalse(traffic.allows(store, api, port("api-service", "GYRE_API_PORT")), store.toString());
            assertFalse(traffic.allows(store, internet, 80), store.toString());
        }
        assertFalse(traffic.allows(kafka, postgres, POSTGRES));
        assertTrue(traffic.allows(postgres, postgres, POSTGRES), "standbys follow their primary");
    }

    @Test
    void everybodyAsksForNames() {
        Peer names = Peer.pod("kube-system", Map.of("k8s-app", "kube-dns"));
        for (Peer process : processes()) {
            assertTrue(traffic.allows(process, names, 53), process.toString());
        }
    }
}
