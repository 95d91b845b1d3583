package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiFunction;
import org.hibernate.reactive.mutiny.Mutiny;

/** Changes one key, in one transaction that has its row. */
@ApplicationScoped
class KeyChanges {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final KeyStore keys;

    KeyChanges(Mutiny.SessionFactory sessions, InstallationCalendar calendar, KeyStore keys) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.keys = keys;
    }

    /**
     * @param parameter what names the key
     * @param change refuses, or changes the key and returns it
     * @return an answer without fields
     */
    Uni<ObjectNode> change(RpcRequest request, String parameter, BiFunction<KmsKey, Moment, KmsKey> change) {
        String name = request.required(parameter);
        return sessions.withStatelessTransaction(session -> keys.locked(
                                session, request.caller().accountId(), parameter, name)
                        .chain(key -> calendar.now(session).chain(now -> session.update(change.apply(key, now)))))
                .replaceWith(WireJson::answer);
    }
}
