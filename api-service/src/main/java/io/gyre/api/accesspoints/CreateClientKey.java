package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.wire.OffLoop;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes a client key of an access point, and hands its private half out, once. */
@ApplicationScoped
public class CreateClientKey implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final ClientKeyStore keys;

    CreateClientKey(Mutiny.SessionFactory sessions, InstallationCalendar calendar, ClientKeyStore keys) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "CreateClientKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "AapName");
        char[] password = NewClientKey.password(request);
        return sessions.withStatelessSession(calendar::now)
                .chain(now -> made(request, now, password)
                        .call(key -> sessions.withStatelessTransaction(session -> AccessPointStore.ROWS
                                .locked(session, account, name)
                                .chain(point -> keys.add(session, point, key, now)))))
                .map(CreateClientKey::answer);
    }

    /** A processor's work, done beside the event loop, and with no connection in hand. */
    private static Uni<NewClientKey> made(RpcRequest request, Moment now, char[] password) {
        Validity validity = Validity.of(request, now.wall());
        return OffLoop.compute(() -> NewClientKey.generate(validity, password));
    }

    private static ObjectNode answer(NewClientKey key) {
        return WireJson.answer()
                .put("ClientKeyId", key.id())
                .put("KeyAlgorithm", NewClientKey.ALGORITHM)
                .put("PrivateKeyData", Base64.getEncoder().encodeToString(key.file()))
                .put("NotBefore", WireTime.text(key.validity().notBefore()))
                .put("NotAfter", WireTime.text(key.validity().notAfter()));
    }
}
