package io.gyre.api.testing;

import com.aliyun.ram20150501.models.DeleteRoleRequest;
import com.aliyun.ram20150501.models.DetachPolicyFromRoleRequest;
import io.gyre.api.ram.RotationRole;
import io.gyre.api.ram.SystemPolicies;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether the account lets Gyre replace AccessKeys of RAM users: for tests that take it away and give it back. */
@ApplicationScoped
public class RotationConsent {
    public static final String OPERATION = "/operations/v1/service-roles/ram-rotation";

    private final Clients clients;
    private final OperationsClient operations;

    RotationConsent(Clients clients, OperationsClient operations) {
        this.clients = clients;
        this.operations = operations;
    }

    public void withdraw() throws Exception {
        give();
        clients.ram()
                .detachPolicyFromRole(new DetachPolicyFromRoleRequest()
                        .setPolicyType("System")
                        .setPolicyName(SystemPolicies.RAM_ROTATION)
                        .setRoleName(RotationRole.NAME));
        clients.ram().deleteRole(new DeleteRoleRequest().setRoleName(RotationRole.NAME));
    }

    /** What every other test of RAM secrets expects. */
    public void give() {
        operations.post(OPERATION).json(200);
    }

    public boolean isGiven() {
        return operations.get(OPERATION).json(200).path("granted").asBoolean();
    }
}
