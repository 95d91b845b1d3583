package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.StoredAccessKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes an AccessKey for a user, or for whoever calls; its secret half is answered this once. */
@RamApi
@ApplicationScoped
public class CreateAccessKey implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final UserKeys keys;

    CreateAccessKey(Mutiny.SessionFactory sessions, InstallationCalendar calendar, UserKeys keys) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "CreateAccessKey";
    }

    /** As RAM has it, so that a key can be replaced while the former one still works. */
    private static final int LIMIT = 2;

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        return sessions.withStatelessTransaction(
                        session -> keys.owner(session, request).chain(owner -> keys.locked(session, account, owner)
                                .invoke(CreateAccessKey::refuseTooMany)
                                .chain(() -> calendar.now(session))
                                .chain(now -> keys.make(session, account, owner, now))))
                .map(made -> RamAnswers.one(
                        "AccessKey",
                        RamAnswers.accessKey(made.key())
                                .put("AccessKeySecret", made.secret().reveal())));
    }

    private static void refuseTooMany(List<StoredAccessKey> keys) {
        if (keys.size() >= LIMIT) {
            throw RamFaults.tooManyAccessKeys();
        }
    }
}
