package io.gyre.deployment;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of KEDA's ScaledObject that this project uses, written down by its documentation: any other field is an error. */
@Group("keda.sh")
@Version("v1alpha1")
class ScaledObject extends CustomResource<ScaledObject.Scaling, Void> {
    private static final long serialVersionUID = 1L;

    record Scaling(
            LocalObjectReference scaleTargetRef, int minReplicaCount, int maxReplicaCount, List<Trigger> triggers) {}

    record Trigger(
            String type,
            Map<String, String> metadata,
            @Nullable LocalObjectReference authenticationRef) {}
}
