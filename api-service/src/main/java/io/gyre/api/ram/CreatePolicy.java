package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes a policy of the account's own, whose first version counts. */
@RamApi
@ApplicationScoped
public class CreatePolicy implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final PolicyStore policies;

    CreatePolicy(Mutiny.SessionFactory sessions, InstallationCalendar calendar, PolicyStore policies) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.policies = policies;
    }

    @Override
    public String name() {
        return "CreatePolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.policyName(request);
        String description = RamText.description(request, "Description");
        String document = request.required("PolicyDocument");
        PolicyDocuments.check(document);
        refuseNameOfSystem(name);
        return sessions.withStatelessTransaction(session -> calendar.now(session)
                        .chain(now -> policies.add(session, account, name, description, document, now)))
                .map(policy -> RamAnswers.one("Policy", RamAnswers.policy(policy)));
    }

    /** Two policies of one name, of which one may do more than the other says, would deceive their readers. */
    private static void refuseNameOfSystem(String name) {
        if (SystemPolicies.find(name).isPresent()) {
            throw RamFaults.policyExists();
        }
    }
}
