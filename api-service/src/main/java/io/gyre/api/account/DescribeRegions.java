package io.gyre.api.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lists the regions that are served: the one that this installation stands for. */
@ApplicationScoped
public class DescribeRegions implements RpcAction {
    private final Installation installation;

    DescribeRegions(Installation installation) {
        this.installation = installation;
    }

    @Override
    public String name() {
        return "DescribeRegions";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        ObjectNode answer = WireJson.answer();
        WireJson.list(answer, "Regions", "Region").addObject().put("RegionId", installation.region());
        return Uni.createFrom().item(answer);
    }
}
