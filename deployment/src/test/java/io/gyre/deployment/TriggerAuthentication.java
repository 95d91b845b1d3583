package io.gyre.deployment;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** The same of KEDA's TriggerAuthentication. */
@Group("keda.sh")
@Version("v1alpha1")
class TriggerAuthentication extends CustomResource<TriggerAuthentication.Sources, Void> {
    private static final long serialVersionUID = 1L;

    record Sources(List<FromSecret> secretTargetRef) {}

    record FromSecret(String parameter, String name, String key) {}
}
