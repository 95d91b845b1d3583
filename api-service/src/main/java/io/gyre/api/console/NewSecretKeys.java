package io.gyre.api.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.api.keys.SecretKey;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys that can encrypt a new secret: of the account's own ones, those of its KMS instance that are enabled and symmetric. */
@ApplicationScoped
class NewSecretKeys {
    /** More keys, or aliases, than somebody reads through, and as many as the API lists at once. */
    private static final int MOST = 100;

    private final ConsoleActions actions;

    NewSecretKeys(ConsoleActions actions) {
        this.actions = actions;
    }

    /**
     * A key, by its aliases where it has any.
     *
     * @param aliases with the {@code alias/} that they begin with
     */
    record Key(String id, List<String> aliases) {
        String label() {
            return aliases.isEmpty() ? id : String.join(", ", aliases) + " · " + id;
        }

        boolean isNamed(String name) {
            return id.equals(name) || aliases.contains(name);
        }
    }

    /**
     * Those that can be chosen, the oldest first.
     *
     * @param instance the chosen one; empty for KMS 1.0
     * @return nothing where the visitor may not list them, or there are too many to choose from
     */
    Uni<Seen<List<Key>>> of(Visit visit, Visitor visitor, String instance) {
        String place = instance.isEmpty() ? KmsInstance.sharedBy(visitor.accountId()) : instance;
        Uni<JsonNode> listed = actions.call(
                visit, visitor, "ListKeys", Map.of("PageSize", String.valueOf(MOST), "Filters", usable(place)));
        return Seen.of(listed).chain(keys -> Seen.of(
                        actions.call(visit, visitor, "ListAliases", Map.of("PageSize", String.valueOf(MOST))))
                .map(aliases -> keys.found()
                        .map(found -> chosen(found, aliases.found()))
                        .orElseGet(() -> new Seen<>(Optional.empty(), keys.refusal()))));
    }

    private static Seen<List<Key>> chosen(JsonNode keys, Optional<JsonNode> aliases) {
        int total = keys.path("TotalCount").asInt();
        if (total > MOST) {
            return new Seen<>(Optional.empty(), "There are " + total + ", too many for a list.");
        }
        Map<String, List<String>> names = new LinkedHashMap<>();
        keys.path("Keys").path("Key").forEach(key -> names.put(key.path("KeyId").asText(), new ArrayList<>()));
        aliases.ifPresent(found -> found.path("Aliases").path("Alias").forEach(alias -> {
            List<String> known = names.get(alias.path("KeyId").asText());
            if (known != null) {
                known.add(alias.path("AliasName").asText());
            }
        }));
        return new Seen<>(
                Optional.of(names.entrySet().stream()
                        .map(each -> new Key(each.getKey(), each.getValue()))
                        .toList()),
                "");
    }

    /** As ListKeys takes filters. Gyre's own key of an instance is the one that is used unless another is chosen. */
    private static String usable(String instance) {
        ArrayNode filters = JsonNodeFactory.instance.arrayNode();
        filter(filters, "DKMSInstanceId", List.of(instance));
        filter(filters, "KeyState", List.of(KmsKey.ENABLED));
        filter(filters, "KeySpec", SecretKey.SPECS);
        filter(filters, "CreatorType", List.of("User"));
        return filters.toString();
    }

    private static void filter(ArrayNode filters, String key, List<String> values) {
        ArrayNode all = filters.addObject().put("Key", key).putArray("Values");
        values.forEach(all::add);
    }
}
