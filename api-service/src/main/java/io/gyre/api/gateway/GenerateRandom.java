package io.gyre.api.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;

/** Random bytes, 1 to 1,024; Gyre keeps none. The limit is that of a data key. */
@OfInstances
@ApplicationScoped
public class GenerateRandom implements RpcAction {
    private static final int LONGEST = 1024;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String name() {
        return "GenerateRandom";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        request.required("Length");
        byte[] bytes = new byte[request.integer("Length", 1, 1, LONGEST)];
        random.nextBytes(bytes);
        return Uni.createFrom()
                .item(WireJson.answer().put("Random", Base64.getEncoder().encodeToString(bytes)));
    }
}
