package io.gyre.deployment;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;

/** The part of CloudNativePG's Cluster that this project uses, written down by its documentation: any other field is an error. */
@Group("postgresql.cnpg.io")
@Version("v1")
@Kind("Cluster")
class PostgresCluster extends CustomResource<PostgresCluster.Cluster, Void> {
    private static final long serialVersionUID = 1L;

    record Cluster(
            int instances,
            CatalogRef imageCatalogRef,
            Bootstrap bootstrap,
            Managed managed,
            PostgresConfiguration postgresql,
            Storage storage,
            Storage walStorage,
            Affinity affinity,
            ResourceRequirements resources) {}

    record CatalogRef(String apiGroup, String kind, String name, int major) {}

    record Bootstrap(InitDb initdb) {}

    record InitDb(String database, String owner, LocalObjectReference secret) {}

    record Managed(List<Role> roles) {}

    record Role(String name, String ensure, boolean login, LocalObjectReference passwordSecret) {}

    record PostgresConfiguration(Synchronous synchronous, Map<String, String> parameters) {}

    record Synchronous(String method, int number, String dataDurability) {}

    record Storage(String size) {}

    record Affinity(boolean enablePodAntiAffinity, String podAntiAffinityType, String topologyKey) {}
}
