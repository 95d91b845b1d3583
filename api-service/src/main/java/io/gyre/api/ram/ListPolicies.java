package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.ram.AttachmentStore.PolicyName;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamPolicy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the account's own policies by name, then the system's; or those of one type. */
@RamApi
@ApplicationScoped
public class ListPolicies implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final PolicyStore policies;
    private final AttachmentStore attachments;

    ListPolicies(Mutiny.SessionFactory sessions, PolicyStore policies, AttachmentStore attachments) {
        this.sessions = sessions;
        this.policies = policies;
        this.attachments = attachments;
    }

    @Override
    public String name() {
        return "ListPolicies";
    }

    /** A marker says of which type the last one was: a name may stand in both. */
    private static final String SLASH = "/";

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        RamPage page = RamPage.of(request);
        String type = request.text("PolicyType");
        String only = type == null || type.isEmpty() ? "" : PolicyType.valid(type);
        return sessions.withStatelessSession(session -> custom(session, account, only, page)
                        .chain(own -> attachments.counts(session, account).map(counts -> Stream.concat(
                                        own.stream().map(RamAnswers::policy), system(only, page))
                                .limit(page.sought())
                                .map(policy -> policy.put("AttachmentCount", counts.getOrDefault(name(policy), 0L)))
                                .toList())))
                .map(found -> page.answer("Policies", "Policy", found, policy -> policy, ListPolicies::marker));
    }

    private Uni<List<RamPolicy>> custom(Mutiny.StatelessSession session, String account, String only, RamPage page) {
        return only.equals(PolicyType.SYSTEM) || page.marker().startsWith(PolicyType.SYSTEM + SLASH)
                ? Uni.createFrom().item(List.of())
                : policies.page(session, account, after(PolicyType.CUSTOM, page), page.sought());
    }

    private static Stream<ObjectNode> system(String only, RamPage page) {
        if (only.equals(PolicyType.CUSTOM)) {
            return Stream.empty();
        }
        String after = after(PolicyType.SYSTEM, page);
        return SystemPolicies.all().stream()
                .filter(policy -> policy.name().compareTo(after) > 0)
                .map(RamAnswers::policy);
    }

    /** The name of the last one that was shown of this type; empty where none was. */
    private static String after(String type, RamPage page) {
        return page.marker().startsWith(type + SLASH) ? page.marker().substring(type.length() + 1) : "";
    }

    private static PolicyName name(ObjectNode policy) {
        return new PolicyName(
                policy.path("PolicyType").asText(), policy.path("PolicyName").asText());
    }

    private static String marker(ObjectNode policy) {
        return name(policy).type() + SLASH + name(policy).name();
    }
}
