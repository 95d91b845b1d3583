package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.Moment;
import io.gyre.api.ram.AttachmentStore.PolicyName;
import io.gyre.api.wire.WireJson;
import io.gyre.store.RamRole;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The service role by which an account lets KMS replace the AccessKeys of its RAM users. Without it no RAM secret is
 * created; those that are there go on being rotated.
 */
@ApplicationScoped
public class RotationRole {
    /** Misspelt as Alibaba Cloud has it. */
    public static final String NAME = "AliyunKMSManagedRAMCrendentialsRole";

    /** Who may take it on. */
    public static final String SERVICE = "kms.aliyuncs.com";

    private static final String DESCRIPTION = "Lets KMS replace the AccessKeys of RAM users.";
    private static final PolicyName POLICY = new PolicyName(PolicyType.SYSTEM, SystemPolicies.RAM_ROTATION);

    private final RoleStore roles;
    private final AttachmentStore attachments;

    RotationRole(RoleStore roles, AttachmentStore attachments) {
        this.roles = roles;
        this.attachments = attachments;
    }

    /**
     * How far the account has granted it.
     *
     * @param exists whether there is the role
     * @param trustsService whether KMS may take it on
     * @param policyAttached whether it permits anything
     */
    public record State(boolean exists, boolean trustsService, boolean policyAttached) {
        public boolean granted() {
            return exists && trustsService && policyAttached;
        }
    }

    public Uni<State> state(Mutiny.StatelessSession session, String account) {
        return roles.find(session, account, NAME).chain(role -> attachments
                .attached(session, account, Principals.role(NAME), POLICY)
                .map(attached -> new State(role != null, trustsService(role), attached)));
    }

    /** Adds what is missing, and changes nothing that is there already; of a role that trusts others, whom it trusts. */
    public Uni<State> grant(Mutiny.StatelessSession session, String account, Moment now) {
        RoleStore.Terms terms = new RoleStore.Terms(DESCRIPTION, trustPolicy(), RoleStore.SHORTEST_MAX_SESSION);
        return roles.add(session, account, NAME, terms, now)
                .chain(() -> roles.locked(session, account, NAME))
                .chain(role ->
                        trustsService(role) ? Uni.createFrom().voidItem() : roles.change(session, role, terms, now))
                .chain(() -> attachments.add(session, account, Principals.role(NAME), POLICY, now))
                .chain(() -> state(session, account));
    }

    /** For whoever grants it by CreateRole: this service, and nobody else, may take it on. */
    private static String trustPolicy() {
        ObjectNode policy = WireJson.answer().put("Version", "1");
        ObjectNode statement = policy.putArray("Statement").addObject().put("Effect", "Allow");
        statement
                .put("Action", "sts:AssumeRole")
                .putObject("Principal")
                .putArray("Service")
                .add(SERVICE);
        return policy.toString();
    }

    private static boolean trustsService(@Nullable RamRole role) {
        return role != null && TrustPolicy.parse(role.trustPolicy()).trustsService(SERVICE);
    }
}
