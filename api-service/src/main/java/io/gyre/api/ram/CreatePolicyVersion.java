package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamPolicy;
import io.gyre.store.RamPolicyVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.hibernate.reactive.mutiny.Mutiny;

/** Words a policy anew, as one of at most five versions. It counts once it is the default. */
@RamApi
@ApplicationScoped
public class CreatePolicyVersion implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final PolicyStore policies;
    private final Event<PoliciesChanged> changes;

    CreatePolicyVersion(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            PolicyStore policies,
            Event<PoliciesChanged> changes) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.policies = policies;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "CreatePolicyVersion";
    }

    private static final String MAKE_ROOM = "DeleteOldestNonDefaultVersionWhenLimitExceeded";

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.policyName(request);
        String document = request.required("PolicyDocument");
        boolean setAsDefault = request.flag("SetAsDefault", false);
        boolean makeRoom = makesRoom(request);
        PolicyDocuments.check(document);
        return sessions.withStatelessTransaction(session -> policies.locked(session, account, name)
                        .call(policy -> room(session, policy, makeRoom))
                        .chain(policy ->
                                calendar.now(session).chain(now -> add(session, policy, document, setAsDefault, now))))
                .invoke(() -> changes.fire(new PoliciesChanged(account)))
                .map(version -> RamAnswers.one("PolicyVersion", RamAnswers.version(version, setAsDefault)));
    }

    private Uni<Void> room(Mutiny.StatelessSession session, RamPolicy policy, boolean makeRoom) {
        return policies.versions(session, policy).chain(versions -> {
            if (versions.size() < PolicyStore.VERSION_LIMIT) {
                return Uni.createFrom().voidItem();
            }
            if (!makeRoom) {
                throw RamFaults.tooManyVersions();
            }
            RamPolicyVersion oldest = versions.stream()
                    .filter(version -> !version.versionId().equals(policy.defaultVersion()))
                    .findFirst()
                    .orElseThrow();
            return policies.removeVersion(session, oldest);
        });
    }

    private Uni<RamPolicyVersion> add(
            Mutiny.StatelessSession session, RamPolicy policy, String document, boolean setAsDefault, Moment now) {
        Uni<RamPolicyVersion> added = policies.addVersion(session, policy, document, now);
        return setAsDefault ? added.call(version -> policies.setDefault(session, version, now)) : added;
    }

    private static boolean makesRoom(RpcRequest request) {
        String given = request.text("RotateStrategy");
        if (given == null || given.isEmpty() || given.equals("None")) {
            return false;
        }
        if (given.equals(MAKE_ROOM)) {
            return true;
        }
        throw KmsFaults.invalid("RotateStrategy", "it must be None or " + MAKE_ROOM + ".");
    }
}
