package io.gyre.api.console;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.ram.AuthorizationLink;
import io.gyre.api.ram.RamArn;
import io.gyre.api.ram.RotationRole;
import io.gyre.api.ram.SystemPolicies;
import io.gyre.api.ram.SystemPolicies.SystemPolicy;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * {@code /console/authorize/ram-rotation}: the page behind the link that a refused creation of a RAM secret answers. It tells
 * what would be granted, to everybody who is logged in; it grants it for whoever may by the operation GrantServiceRole.
 */
@ApplicationScoped
class RotationRolePage implements FormPage {
    private static final String OPERATIONS_PATH = "service-roles/ram-rotation";
    private static final Operation LOOK = new Operation("GetServiceRole", OPERATIONS_PATH);
    private static final Operation GRANT = new Operation("GrantServiceRole", OPERATIONS_PATH);

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final RotationRole role;
    private final ConsoleCalls calls;

    RotationRolePage(
            Mutiny.SessionFactory sessions, InstallationCalendar calendar, RotationRole role, ConsoleCalls calls) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.role = role;
        this.calls = calls;
    }

    /**
     * What is to be granted, and how far it is.
     *
     * @param state empty where the visitor may not see it
     * @param missing why the visitor may not grant it; empty for whoever may
     */
    record Consent(String account, Optional<RotationRole.State> state, Optional<String> missing) {
        public String roleArn() {
            return RamArn.role(account, RotationRole.NAME);
        }

        public String service() {
            return RotationRole.SERVICE;
        }

        public String policyName() {
            return policy().name();
        }

        public List<String> actions() {
            return policy().actions();
        }

        public boolean granted() {
            return state.isPresent() && state.get().granted();
        }

        public boolean visible() {
            return state.isPresent();
        }

        public boolean roleExists() {
            return state.isPresent() && state.get().exists();
        }

        public boolean trustsService() {
            return state.isPresent() && state.get().trustsService();
        }

        public boolean policyAttached() {
            return state.isPresent() && state.get().policyAttached();
        }

        public String missingPermission() {
            return missing.orElse("");
        }

        private static SystemPolicy policy() {
            return SystemPolicies.find(SystemPolicies.RAM_ROTATION).orElseThrow();
        }
    }

    @Override
    public String path() {
        return AuthorizationLink.PAGE;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        String account = visitor.accountId();
        return calls.missing(visit, visitor, GRANT)
                .chain(missing -> state(visit, visitor).map(state -> new Consent(account, state, missing)))
                .map(consent -> Answer.page(
                        consent.missing().isPresent() ? 403 : 200,
                        Templates.rotationRole(Frame.of("Rotation of RAM secrets", visit, visitor), consent)));
    }

    /** How far the account has granted it; empty for whoever may not see that. */
    Uni<Optional<RotationRole.State>> state(Visit visit, Visitor visitor) {
        return calls.make(
                        visit,
                        visitor,
                        LOOK,
                        () -> sessions.withStatelessSession(session -> role.state(session, visitor.accountId())))
                .map(Optional::of)
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() == 403)
                .recoverWithItem(Optional::empty);
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        return calls.make(
                        visit,
                        visitor,
                        GRANT,
                        () -> sessions.withStatelessTransaction(session ->
                                calendar.now(session).chain(now -> role.grant(session, visitor.accountId(), now))))
                .replaceWith(() -> Answer.goTo(visit.path()));
    }
}
