package io.gyre.api.keys;

import io.gyre.api.wire.Filters;
import io.gyre.store.KmsKey;
import java.util.Set;

/** What ListKeys can be asked for, by its name on the wire, with the words that a value can be. */
enum KeyFilter implements Filters.Key {
    KEY_STATE("KeyState", KmsKey.ENABLED, KmsKey.DISABLED, KmsKey.PENDING_DELETION, "PendingImport"),
    KEY_SPEC("KeySpec", CreateKey.KEY_SPECS.toArray(String[]::new)),
    KEY_USAGE("KeyUsage", CreateKey.KEY_USAGES.toArray(String[]::new)),
    PROTECTION_LEVEL("ProtectionLevel", CreateKey.PROTECTION_LEVELS.toArray(String[]::new)),
    CREATOR_TYPE("CreatorType", "User", "Service"),
    INSTANCE("DKMSInstanceId");

    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of.
    private final Set<String> words;

    /** @param words none where any text is admitted */
    KeyFilter(String wireName, String... words) {
        this.wireName = wireName;
        this.words = Set.of(words);
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public boolean admits(String value) {
        return words.isEmpty() ? Filters.isText(value) : words.contains(value);
    }

    @Override
    public String rule() {
        return words.isEmpty()
                ? Filters.TEXT_RULE
                : "one of " + String.join(", ", words.stream().sorted().toList());
    }
}
