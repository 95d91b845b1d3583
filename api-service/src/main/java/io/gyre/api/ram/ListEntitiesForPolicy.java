package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.ram.AttachmentStore.PolicyName;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamPolicyAttachment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists whom a policy speaks for. */
@RamApi
@ApplicationScoped
public class ListEntitiesForPolicy implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final NamedPolicies named;
    private final AttachmentStore attachments;
    private final UserStore users;
    private final RoleStore roles;

    ListEntitiesForPolicy(
            Mutiny.SessionFactory sessions,
            NamedPolicies named,
            AttachmentStore attachments,
            UserStore users,
            RoleStore roles) {
        this.sessions = sessions;
        this.named = named;
        this.attachments = attachments;
        this.users = users;
        this.roles = roles;
    }

    @Override
    public String name() {
        return "ListEntitiesForPolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        PolicyName name = NamedPolicies.name(request);
        return sessions.withStatelessSession(session -> named.describe(session, account, name)
                .chain(() -> attachments.ofPolicy(session, account, name))
                .chain(found -> answer(session, found)));
    }

    /** Groups, which Gyre has not, are an empty list. */
    private Uni<ObjectNode> answer(Mutiny.StatelessSession session, List<RamPolicyAttachment> attached) {
        ObjectNode answer = WireJson.answer();
        WireJson.list(answer, "Groups", "Group");
        ArrayNode usersOfPolicy = WireJson.list(answer, "Users", "User");
        ArrayNode rolesOfPolicy = WireJson.list(answer, "Roles", "Role");
        Uni<Void> filled = Uni.createFrom().voidItem();
        for (RamPolicyAttachment attachment : attached) {
            filled = filled.chain(() -> add(session, attachment, usersOfPolicy, rolesOfPolicy));
        }
        return filled.replaceWith(answer);
    }

    private Uni<Void> add(
            Mutiny.StatelessSession session,
            RamPolicyAttachment attachment,
            ArrayNode usersOfPolicy,
            ArrayNode rolesOfPolicy) {
        String account = attachment.accountId();
        String at = WireTime.text(attachment.attachedAt());
        return Principals.userName(attachment.principal())
                .map(user -> users.named(session, account, user)
                        .invoke(found ->
                                usersOfPolicy.add(RamAnswers.user(found).put("AttachDate", at)))
                        .replaceWithVoid())
                .or(() -> Principals.roleName(attachment.principal()).map(role -> roles.named(session, account, role)
                        .invoke(found ->
                                rolesOfPolicy.add(RamAnswers.role(found).put("AttachDate", at)))
                        .replaceWithVoid()))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
