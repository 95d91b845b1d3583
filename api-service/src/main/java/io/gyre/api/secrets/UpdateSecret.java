package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.WireJson;
import io.gyre.event.SecretChanged;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Changes what a secret's owner noted of it: the description, and of a managed secret its CustomData, which is replaced
 * as a whole. A rotation that runs meanwhile goes on with what it began with.
 */
@ApplicationScoped
public class UpdateSecret implements RpcAction {
    private static final String CONFIG = "ExtendedConfig";
    private static final String CUSTOM_DATA = "CustomData";

    /** One JSON text in the elder SDK; in the current one a prefix, with a parameter for each pair. */
    private static final String DOTTED = CONFIG + "." + CUSTOM_DATA;

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final SecretStore store;
    private final Installation installation;

    UpdateSecret(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            SecretStore store,
            Installation installation) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.store = store;
        this.installation = installation;
    }

    /** @param description null where it is to stay; and so with the pairs */
    private record Change(
            @Nullable String description, @Nullable JsonNode customData) {}

    @Override
    public String name() {
        return "UpdateSecret";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        String description = request.text("Description");
        Change change = new Change(
                description == null ? null : PlainText.description(description, NewSecret.DESCRIPTION_LIMIT),
                customData(request));
        return sessions.withStatelessTransaction(
                        session -> store.locked(session, request.caller().accountId(), name)
                                .invoke(SecretStore::refuseDeleted)
                                .chain(secret -> calendar.now(session)
                                        .chain(now -> session.update(changed(secret, change, now)))
                                        .chain(() -> store.tell(session, secret, SecretChanged.DESCRIBED, null))))
                .replaceWith(() -> WireJson.answer().put("SecretName", name));
    }

    private static Secret changed(Secret secret, Change change, Moment now) {
        if (change.description != null) {
            secret.described(change.description);
        }
        if (change.customData != null) {
            SecretStore.refuseGeneric(secret);
            ExtendedConfig config = ExtendedConfig.stored(secret.type(), String.valueOf(secret.extendedConfig()))
                    .withCustomData(change.customData);
            secret.managed(config.subType().wireName(), config.toJson());
        }
        return secret.updated(now.calendar());
    }

    /** @throws RpcFault InvalidParameter */
    private static @Nullable JsonNode customData(RpcRequest request) {
        ObjectNode pairs = WireJson.answer();
        String prefix = DOTTED + ".";
        request.parameters().tailMap(prefix).forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                pairs.put(name.substring(prefix.length()), value);
            }
        });
        JsonNode given = inOneText(request);
        if (given != null && !pairs.isEmpty()) {
            throw KmsFaults.invalid(DOTTED, "give it as one JSON object or as one parameter for each pair, not both.");
        }
        return pairs.isEmpty() ? given : pairs;
    }

    /** By its dotted name, or, in a JSON body, inside ExtendedConfig. */
    private static @Nullable JsonNode inOneText(RpcRequest request) {
        String dotted = request.text(DOTTED);
        if (dotted != null && !dotted.isEmpty()) {
            return WireJson.object(DOTTED, dotted);
        }
        String config = request.text(CONFIG);
        if (config == null || config.isEmpty()) {
            return null;
        }
        ObjectNode object = WireJson.object(CONFIG, config);
        WireJson.only(CONFIG, object, Set.of(CUSTOM_DATA));
        return object.get(CUSTOM_DATA);
    }
}
