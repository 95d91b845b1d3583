package io.gyre.deployment;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which connections the network policies of a namespace allow, as Kubernetes reads them: a pod that no policy selects is free; one that
 * some select is allowed what any of those allows.
 */
record Traffic(String namespace, Collection<NetworkPolicy> policies) {

    /**
     * One end of a connection.
     *
     * @param namespace of a pod; null for what is no pod
     * @param address of what is no pod
     */
    record Peer(
            @Nullable String namespace,
            Map<String, String> labels,
            @Nullable String address) {
        static Peer pod(String namespace, Map<String, String> labels) {
            return new Peer(namespace, labels, null);
        }

        static Peer at(String address) {
            return new Peer(null, Map.of(), address);
        }
    }

    /** Whether the first end may open a connection, and the second one may be called; a policy counts for pods of the namespace. */
    boolean allows(Peer from, Peer to, int port) {
        return maySend(from, to, port) && mayReceive(to, from, port);
    }

    private boolean maySend(Peer from, Peer to, int port) {
        List<NetworkPolicy> selecting = selecting(from, "Egress");
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(policy -> policy.getSpec().getEgress().stream())
                        .anyMatch(rule -> isAmong(to, rule.getTo()) && hasPort(port, rule.getPorts()));
    }

    private boolean mayReceive(Peer to, Peer from, int port) {
        List<NetworkPolicy> selecting = selecting(to, "Ingress");
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .anyMatch(rule -> isAmong(from, rule.getFrom()) && hasPort(port, rule.getPorts()));
    }

    private List<NetworkPolicy> selecting(Peer pod, String type) {
        return policies.stream()
                .filter(policy -> policy.getSpec().getPolicyTypes().contains(type))
                .filter(policy -> namespace.equals(pod.namespace())
                        && matches(policy.getSpec().getPodSelector(), pod.labels()))
                .toList();
    }

    private boolean isAmong(Peer peer, List<NetworkPolicyPeer> peers) {
        return peers.isEmpty() || peers.stream().anyMatch(each -> isMeant(peer, each));
    }

    private boolean isMeant(Peer peer, NetworkPolicyPeer meant) {
        if (meant.getIpBlock() != null) {
            return peer.address() != null && isIn(peer.address(), meant.getIpBlock());
        }
        String home = peer.namespace();
        if (home == null) {
            return false;
        }
        boolean inNamespace = meant.getNamespaceSelector() == null
                ? home.equals(namespace)
                : matches(meant.getNamespaceSelector(), Map.of("kubernetes.io/metadata.name", home));
        return inNamespace && (meant.getPodSelector() == null || matches(meant.getPodSelector(), peer.labels()));
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return selector.getMatchExpressions().isEmpty()
                && labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
    }

    /** Every port that is asked about here is one of TCP. */
    private static boolean hasPort(int port, List<NetworkPolicyPort> ports) {
        return ports.isEmpty()
                || ports.stream()
                        .anyMatch(each -> each.getProtocol().equals("TCP")
                                && each.getPort().getIntVal() == port);
    }

    private static boolean isIn(String address, IPBlock block) {
        return isIn(address, block.getCidr()) && block.getExcept().stream().noneMatch(each -> isIn(address, each));
    }

    private static boolean isIn(String address, String cidr) {
        String[] parts = cidr.split("/", 2);
        int free = 32 - Integer.parseInt(parts[1]);
        return (number(address) >>> free) == (number(parts[0]) >>> free);
    }

    private static long number(String address) {
        long number = 0;
        for (String part : address.split("\\.", -1)) {
            number = (number << 8) | Integer.parseInt(part);
        }
        return number;
    }
}
