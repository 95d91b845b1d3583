package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.Authorization;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.NotPermitted;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the values of up to 20 secrets, by one statement and therefore as of one moment. What is wrong with one of
 * them is told beside the values of the others; what is wrong with the list refuses all of it.
 */
@ApplicationScoped
public class BatchGetSecretValue implements RpcAction {
    private static final String PARAMETER = "SecretsList";
    private static final int LIMIT = 20;
    private static final Set<String> FIELDS = Set.of("SecretName", "VersionId", "VersionStage", "FetchExtendedConfig");

    private final Mutiny.SessionFactory sessions;
    private final Authorization authorization;
    private final VersionLookup lookup;
    private final ValueAnswers answers;
    private final Installation installation;

    BatchGetSecretValue(
            Mutiny.SessionFactory sessions,
            Authorization authorization,
            VersionLookup lookup,
            ValueAnswers answers,
            Installation installation) {
        this.sessions = sessions;
        this.authorization = authorization;
        this.lookup = lookup;
        this.answers = answers;
        this.installation = installation;
    }

    /** One element of the list, as it was named, and what is wanted of it or else what is wrong with it. */
    private record Entry(
            String named,
            @Nullable WantedValue wanted,
            @Nullable RpcFault wrong) {}

    @Override
    public String name() {
        return "BatchGetSecretValue";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return Multi.createFrom()
                .iterable(entries(request))
                .onItem()
                .transformToUniAndConcatenate(entry -> permitted(entry, request))
                .collect()
                .asList()
                .chain(entries -> answer(entries, request));
    }

    /** Each entry is asked about as a call of GetSecretValue of its own would be. */
    private Uni<Entry> permitted(Entry entry, RpcRequest request) {
        if (entry.wanted == null) {
            return Uni.createFrom().item(entry);
        }
        RpcRequest alone = request.part("GetSecretValue", Map.of("SecretName", entry.named));
        return authorization
                .permit(alone)
                .replaceWith(entry)
                .onFailure(NotPermitted.class)
                .recoverWithItem(refusal -> new Entry(entry.named, null, KmsFaults.noPermission(refusal.missing())));
    }

    private Uni<ObjectNode> answer(List<Entry> entries, RpcRequest request) {
        List<WantedValue> wanted = wanted(entries);
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(() -> answer(entries, Map.of(), request));
        }
        return sessions.withStatelessSession(
                        session -> lookup.meant(session, request.caller().accountId(), wanted))
                .map(secrets -> answer(entries, secrets, request));
    }

    private List<Entry> entries(RpcRequest request) {
        ArrayNode list = WireJson.array(PARAMETER, request.required(PARAMETER));
        if (list.isEmpty() || list.size() > LIMIT) {
            throw KmsFaults.invalid(PARAMETER, "it must list 1 to " + LIMIT + " secrets.");
        }
        Map<String, Entry> byName = new LinkedHashMap<>();
        for (JsonNode element : list) {
            if (!element.isObject()) {
                throw KmsFaults.invalid(PARAMETER, "each of its elements must be an object.");
            }
            WireJson.only(PARAMETER, element, FIELDS);
            String named = WireJson.value(PARAMETER, element, "SecretName");
            Entry entry = entry(element, named, request.caller().accountId());
            String name = entry.wanted == null ? named : entry.wanted.name();
            if (byName.put(name, entry) != null) {
                throw KmsFaults.invalid(PARAMETER, "it must not list one secret twice.");
            }
        }
        return List.copyOf(byName.values());
    }

    private Entry entry(JsonNode element, String named, String account) {
        try {
            WantedValue wanted = new WantedValue(
                    SecretNames.named("SecretName", named, account, installation),
                    VersionIds.optional(VersionIds.PARAMETER, text(element, VersionIds.PARAMETER)),
                    StageLabels.optional(text(element, "VersionStage")),
                    flag(element, "FetchExtendedConfig"));
            return new Entry(named, wanted, null);
        } catch (RpcFault wrong) {
            return new Entry(named, null, wrong);
        }
    }

    private static List<WantedValue> wanted(List<Entry> entries) {
        List<WantedValue> wanted = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.wanted != null) {
                wanted.add(entry.wanted);
            }
        }
        return wanted;
    }

    private ObjectNode answer(List<Entry> entries, Map<String, ReadableSecret> secrets, RpcRequest request) {
        ObjectNode answer = WireJson.answer();
        ArrayNode values = answer.putArray("SecretValues");
        ArrayNode errors = answer.putArray("Errors");
        for (Entry entry : entries) {
            try {
                values.add(value(entry, secrets).put("RequestId", request.requestId()));
            } catch (RpcFault wrong) {
                errors.addObject()
                        .put("SecretName", entry.named)
                        .put("Code", wrong.code())
                        .put("HttpStatus", wrong.status())
                        .put("Message", wrong.text());
            }
        }
        return answer;
    }

    private ObjectNode value(Entry entry, Map<String, ReadableSecret> secrets) {
        if (entry.wanted == null) {
            throw entry.wrong == null ? KmsFaults.secretNotFound() : entry.wrong;
        }
        ReadableSecret secret = secrets.get(entry.wanted.name());
        if (secret == null) {
            throw KmsFaults.secretNotFound();
        }
        return answers.of(secret.pick(entry.wanted), entry.wanted.fetchConfig());
    }

    private static @Nullable String text(JsonNode element, String field) {
        JsonNode value = element.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw KmsFaults.invalid(field, "it must be a text.");
        }
        return value.textValue();
    }

    private static boolean flag(JsonNode element, String field) {
        String given = element.path(field).asText("false");
        if (!given.equalsIgnoreCase("true") && !given.equalsIgnoreCase("false")) {
            throw KmsFaults.invalid(field, "it must be true or false.");
        }
        return Boolean.parseBoolean(given);
    }
}
