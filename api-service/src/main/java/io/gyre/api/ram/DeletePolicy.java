package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.ram.AttachmentStore.PolicyName;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamPolicyAttachment;
import io.gyre.store.RamPolicyVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Ends a policy of the account's own that is attached to nobody and has one version. */
@RamApi
@ApplicationScoped
public class DeletePolicy implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final PolicyStore policies;
    private final AttachmentStore attachments;

    DeletePolicy(Mutiny.SessionFactory sessions, PolicyStore policies, AttachmentStore attachments) {
        this.sessions = sessions;
        this.policies = policies;
        this.attachments = attachments;
    }

    @Override
    public String name() {
        return "DeletePolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.policyName(request);
        return sessions.withStatelessTransaction(session -> policies.locked(session, account, name)
                        .call(policy -> attachments
                                .ofPolicy(session, account, new PolicyName(PolicyType.CUSTOM, name))
                                .invoke(DeletePolicy::refuseAttached))
                        .call(policy -> policies.versions(session, policy).invoke(DeletePolicy::refuseVersions))
                        .chain(policy -> policies.remove(session, policy)))
                .replaceWith(WireJson::answer);
    }

    private static void refuseAttached(List<RamPolicyAttachment> attachments) {
        for (RamPolicyAttachment attachment : attachments) {
            throw Principals.userName(attachment.principal()).isPresent()
                    ? RamFaults.policyOfUsers()
                    : RamFaults.policyOfRoles();
        }
    }

    private static void refuseVersions(List<RamPolicyVersion> versions) {
        if (versions.size() > 1) {
            throw RamFaults.policyHasVersions();
        }
    }
}
