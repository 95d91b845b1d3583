package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RamEffect;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** RAM users and their AccessKeys. What is changed is known everywhere only after a while. */
final class SimulatedRam implements SimulatedTarget {
    private static final int KEYS_OF_A_USER = 2;

    private final VirtualTime time;
    private final Supplier<Instant> clock;
    private final Duration knownAfter;
    private final Map<String, Map<String, Key>> users = new TreeMap<>();
    private final Map<String, Key> deleted = new TreeMap<>();
    private int made;

    /** @param knownAfter how long it takes until a change is known everywhere */
    SimulatedRam(VirtualTime time, Supplier<Instant> clock, Duration knownAfter) {
        this.time = time;
        this.clock = clock;
        this.knownAfter = knownAfter;
    }

    private final class Key {
        final String secret;
        final Instant created;

        @Nullable
        Instant lastUsed;

        boolean active = true;
        boolean wasLetIn;
        long changedAt;

        Key(String secret, Instant created) {
            this.secret = secret;
            this.created = created;
            changedAt = time.nanos();
        }

        void change(boolean becomesActive) {
            wasLetIn = isLetIn();
            active = becomesActive;
            changedAt = time.nanos();
        }

        boolean isLetIn() {
            return time.nanos() - changedAt >= knownAfter.toNanos() ? active : wasLetIn;
        }
    }

    /** A user without keys. */
    void addUser(String user) {
        users.put(user, new TreeMap<>());
    }

    void removeUser(String user) {
        users.remove(user);
    }

    /** A key made by a person, known everywhere at once. */
    Minted addKey(String user) {
        Minted minted = newKey(user);
        key(user, minted.name()).wasLetIn = true;
        return minted;
    }

    void deleteKey(String user, String id) {
        Key gone = keys(user).remove(id);
        if (gone != null) {
            gone.change(false);
            deleted.put(id, gone);
        }
    }

    Set<String> keyIds(String user) {
        return new TreeSet<>(keys(user).keySet());
    }

    private Map<String, Key> keys(String user) {
        return users.getOrDefault(user, new TreeMap<>());
    }

    private Key key(String user, String id) {
        Key key = keys(user).get(id);
        if (key == null) {
            throw new IllegalArgumentException("RAM user " + user + " has no AccessKey " + id + ".");
        }
        return key;
    }

    private Minted newKey(String user) {
        String id = "LTAI%05d".formatted(++made);
        String secret = Hidden.MARK + "-key-" + made;
        Instant created = clock.get().truncatedTo(ChronoUnit.SECONDS);
        keys(user).put(id, new Key(secret, created));
        return new Minted(id, SecretText.of("{\"AccessKeyId\":\"" + id + "\",\"AccessKeySecret\":\"" + secret + "\"}"));
    }

    /** A program signs a call with the key. */
    void use(SecretText credential) {
        Key key = find(StoredFields.of(credential).get("AccessKeyId"));
        if (key != null && lets(credential)) {
            key.lastUsed = clock.get().truncatedTo(ChronoUnit.SECONDS);
        }
    }

    @Override
    public boolean lets(SecretText credential) {
        StoredFields fields = StoredFields.of(credential);
        Key key = find(fields.get("AccessKeyId"));
        return key != null && key.isLetIn() && key.secret.equals(fields.get("AccessKeySecret"));
    }

    /** A deleted key, too, is let in until that is known everywhere. */
    private @Nullable Key find(String id) {
        return users.values().stream()
                .map(keys -> keys.get(id))
                .filter(key -> key != null)
                .findFirst()
                .orElse(deleted.get(id));
    }

    @Override
    public Outcome perform(Effect effect, Map<Credential, SecretText> credentials) {
        if (effect instanceof RamEffect.ProveKey prove) {
            return SimulatedTarget.proof(tried(credentials.get(prove.which())));
        }
        if (effect instanceof RamEffect.ProveKeyRefused prove) {
            return SimulatedTarget.proofOfRefusal(tried(credentials.get(prove.which())));
        }
        if (effect instanceof RamEffect.ReachKey reach) {
            return SimulatedTarget.reached(RamRotation.CALL, tried(credentials.get(reach.which())));
        }
        if (effect instanceof RamEffect.InspectUser inspect) {
            return users.containsKey(inspect.user()) ? inspect(inspect) : noUser();
        }
        if (effect instanceof RamEffect.CreateKey create) {
            return users.containsKey(create.user()) ? create(create.user()) : noUser();
        }
        return changeKey(effect);
    }

    /** A proof is a use. */
    private boolean tried(SecretText credential) {
        use(credential);
        return lets(credential);
    }

    private static Outcome noUser() {
        return SimulatedTarget.askPerson("EntityNotExist.User");
    }

    private Outcome inspect(RamEffect.InspectUser inspect) {
        Map<String, Key> keys = keys(inspect.user());
        List<String> unknown = keys.keySet().stream()
                .filter(id -> !inspect.known().contains(id))
                .toList();
        Key only = unknown.size() == 1 ? keys.get(unknown.get(0)) : null;
        Map<String, String> facts = new HashMap<>();
        facts.put(RamRotation.KEYS, String.join(",", keys.keySet()));
        facts.put(RamRotation.UNKNOWN, String.join(",", unknown));
        facts.put(RamRotation.UNKNOWN_CREATED, only == null ? "" : only.created.toString());
        facts.put(RamRotation.UNKNOWN_USED, only == null ? "" : lastUse(only));
        return Done.with(facts);
    }

    private static String lastUse(@Nullable Key key) {
        return key == null || key.lastUsed == null ? "" : key.lastUsed.toString();
    }

    private Outcome create(String user) {
        return keys(user).size() >= KEYS_OF_A_USER
                ? new Refused(Remedy.RETRY, "LimitExceeded.User.AccessKey", "The user has two keys.")
                : new Done(Map.of(), newKey(user));
    }

    private Outcome changeKey(Effect effect) {
        if (effect instanceof RamEffect.ReadLastUse read) {
            return Done.with(
                    Map.of(RamRotation.LAST_USED, lastUse(keys(read.user()).get(read.keyId()))));
        }
        if (effect instanceof RamEffect.DeleteKey delete) {
            deleteKey(delete.user(), delete.keyId());
            return Done.plain();
        }
        if (effect instanceof RamEffect.DisableKey disable) {
            if (keys(disable.user()).containsKey(disable.keyId())) {
                key(disable.user(), disable.keyId()).change(false);
            }
            return Done.plain();
        }
        RamEffect.EnableKey enable = (RamEffect.EnableKey) effect;
        if (!keys(enable.user()).containsKey(enable.keyId())) {
            return SimulatedTarget.askPerson("EntityNotExist.User.AccessKey");
        }
        key(enable.user(), enable.keyId()).change(true);
        return Done.plain();
    }
}
