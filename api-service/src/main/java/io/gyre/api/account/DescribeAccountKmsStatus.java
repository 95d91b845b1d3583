package io.gyre.api.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells whether the account may use the service. In an installation of one's own whoever is answered may: there is
 * nothing to subscribe to (NotEnabled), no debt (InDebt) and no end of a contract (Suspended).
 */
@ApplicationScoped
public class DescribeAccountKmsStatus implements RpcAction {
    private static final String ENABLED = "Enabled";

    @Override
    public String name() {
        return "DescribeAccountKmsStatus";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return Uni.createFrom().item(WireJson.answer().put("AccountStatus", ENABLED));
    }
}
