package io.gyre.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A gateway with one key and a few actions, which remembers what reached them. */
final class EchoGateway {
    final List<RpcRequest> reached = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    boolean keyActive = true;

    /** Completed once the action Wait is reached. */
    final CompletableFuture<Void> waiting = new CompletableFuture<>();

    /** Completed by a test to let the action Wait answer. */
    final CompletableFuture<Void> gate = new CompletableFuture<>();

    RpcGateway at(InstantSource clock) {
        return new RpcGateway(
                List.of(
                        new RpcApi("Kms", SignedRequests.VERSION, actions()),
                        new RpcApi("Ram", "2015-05-01", List.of())),
                (id, token) -> Uni.createFrom()
                        .item(Optional.of(id)
                                .filter(SignedRequests.KEY_ID::equals)
                                .map(this::key)),
                new RecentNonces(clock),
                clock,
                (call, fault) -> Uni.createFrom()
                        .item(() -> refused.add(call.accessKeyId() + " " + call.action() + " " + fault.code()))
                        .replaceWithVoid());
    }

    private AccessKey key(String id) {
        return new AccessKey(id, SecretText.of(SignedRequests.SECRET), keyActive, "1000000000000001", "root");
    }

    private List<RpcAction> actions() {
        List<RpcAction> actions = new ArrayList<>();
        Map<String, Function<RpcRequest, ObjectNode>> all = Map.of(
                "Echo",
                EchoGateway::echo,
                "Fail",
                request -> {
                    throw new IllegalStateException("the password is " + request.text("Password"));
                },
                "Refuse",
                request -> {
                    throw new RpcFault(409, "Rejected.ResourceInUse", "Bitte später", Map.of("Hint", "a<b"));
                },
                "HangUp",
                request -> {
                    throw new RpcHangUp();
                });
        all.forEach((name, what) -> actions.add(new RpcAction() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Uni<ObjectNode> perform(RpcRequest request) {
                reached.add(request);
                return Uni.createFrom().item(() -> what.apply(request));
            }
        }));
        actions.add(new RpcAction() {
            @Override
            public String name() {
                return "Wait";
            }

            @Override
            public Uni<ObjectNode> perform(RpcRequest request) {
                reached.add(request);
                waiting.complete(null);
                return Uni.createFrom().completionStage(gate).map(open -> Json.MAPPER.createObjectNode());
            }
        });
        return actions;
    }

    private static ObjectNode echo(RpcRequest request) {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        request.business().forEach(answer::put);
        answer.putObject("Names").putArray("Name").add("one").add("two");
        return answer;
    }
}
