package io.gyre.api.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.SessionTokens;
import io.gyre.api.ram.Identifiers;
import io.gyre.api.ram.PolicyDocuments;
import io.gyre.api.ram.Principals;
import io.gyre.api.ram.RamArn;
import io.gyre.api.ram.RoleStore;
import io.gyre.api.ram.TrustPolicy;
import io.gyre.api.wire.StsApi;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamRole;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Lends a role to a caller that it trusts. Two sides must agree: the caller's own policies allow sts:AssumeRole on the
 * role (which is found out before this action is reached), and the role's trust policy names the caller or its account.
 */
@StsApi
@ApplicationScoped
public class AssumeRole implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final RoleStore roles;
    private final SessionTokens tokens;
    private final InstantSource clock;

    AssumeRole(Mutiny.SessionFactory sessions, RoleStore roles, SessionTokens tokens, InstantSource clock) {
        this.sessions = sessions;
        this.roles = roles;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "AssumeRole";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        WantedSession wanted = WantedSession.of(request);
        wanted.policy().ifPresent(PolicyDocuments::check);
        AccessKey caller = request.caller();
        RamArn.Role named = wanted.role();
        return sessions.withStatelessSession(session -> roles.named(session, named.accountId(), named.name()))
                .invoke(role -> refuseUntrusted(role, caller))
                .map(role -> lend(role, wanted, wanted.duration(role)))
                .map(this::answer);
    }

    private static void refuseUntrusted(RamRole role, AccessKey caller) {
        if (!TrustPolicy.parse(role.trustPolicy()).trusts(caller.accountId(), caller.principal())) {
            throw GatewayFaults.noPermission(
                    "The role " + role.roleName() + " does not trust " + caller.principal() + ".");
        }
    }

    private SessionTokens.Session lend(RamRole role, WantedSession wanted, int seconds) {
        return new SessionTokens.Session(
                role.accountId(),
                role.roleName(),
                role.roleId(),
                wanted.name(),
                wanted.policy().orElse(null),
                clock.instant().plusSeconds(seconds),
                Identifiers.temporaryKeyId(),
                Identifiers.accessKeySecret());
    }

    private ObjectNode answer(SessionTokens.Session session) {
        ObjectNode answer = WireJson.answer();
        answer.putObject("Credentials")
                .put("AccessKeyId", session.accessKeyId())
                .put("AccessKeySecret", session.secret().reveal())
                .put("SecurityToken", tokens.seal(session))
                .put("Expiration", WireTime.text(session.expiresAt()));
        answer.putObject("AssumedRoleUser")
                .put("AssumedRoleId", session.roleId() + ":" + session.sessionName())
                .put(
                        "Arn",
                        RamArn.of(session.accountId(), Principals.session(session.roleName(), session.sessionName())));
        return answer;
    }
}
