package io.gyre.fleet;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RamEffect;
import io.gyre.worker.machine.RamRotation;
import io.gyre.worker.machine.Remedy;
import io.gyre.worker.machine.Rotation;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A RAM user's AccessKeys. */
final class RamUser {
    private static final SecretText VALUE = SecretText.of("not a real one");

    private record Key(boolean active, Instant created) {}

    private final Map<String, Key> keys = new LinkedHashMap<>();
    private int made;

    /** One active key. @return what it is called */
    String first(Instant created) {
        return add(created);
    }

    private String add(Instant now) {
        String name = "LTAI" + ++made;
        keys.put(name, new Key(true, now));
        return name;
    }

    Outcome perform(RamEffect effect, Rotation rotation, Instant now) {
        if (effect instanceof RamEffect.InspectUser inspect) {
            return Done.with(facts(inspect));
        }
        if (effect instanceof RamEffect.ReachKey) {
            return Done.with(Map.of(RamRotation.CALL, "works"));
        }
        if (effect instanceof RamEffect.CreateKey) {
            return keys.size() >= 2
                    ? new Refused(Remedy.RETRY, "LimitExceeded.User.AccessKey", "The user has two AccessKeys.")
                    : new Done(Map.of(), new Minted(add(now), VALUE));
        }
        if (effect instanceof RamEffect.ProveKey prove) {
            return works(named(prove.which(), rotation))
                    ? Done.plain()
                    : new NotYet("RAM does not know the AccessKey.");
        }
        if (effect instanceof RamEffect.ProveKeyRefused refused) {
            return works(named(refused.which(), rotation)) ? new NotYet("The AccessKey works.") : Done.plain();
        }
        if (effect instanceof RamEffect.EnableKey enable) {
            return set(enable.keyId(), true);
        }
        if (effect instanceof RamEffect.DisableKey disable) {
            return set(disable.keyId(), false);
        }
        if (effect instanceof RamEffect.DeleteKey delete) {
            keys.remove(delete.keyId());
            return Done.plain();
        }
        return Done.with(Map.of(RamRotation.LAST_USED, ""));
    }

    private Outcome set(String name, boolean active) {
        Key key = keys.get(name);
        if (key != null) {
            keys.put(name, new Key(active, key.created()));
        }
        return Done.plain();
    }

    private static String named(Credential which, Rotation rotation) {
        return which == Credential.CANDIDATE ? String.valueOf(rotation.candidate()) : rotation.former();
    }

    private boolean works(String name) {
        Key key = keys.get(name);
        return key != null && key.active();
    }

    private Map<String, String> facts(RamEffect.InspectUser inspect) {
        List<String> unknown = keys.keySet().stream()
                .filter(key -> !inspect.known().contains(key))
                .toList();
        Map<String, String> facts = new HashMap<>();
        facts.put(RamRotation.KEYS, String.join(",", keys.keySet()));
        facts.put(RamRotation.UNKNOWN, String.join(",", unknown));
        facts.put(
                RamRotation.UNKNOWN_CREATED,
                keys.entrySet().stream()
                        .filter(key -> unknown.contains(key.getKey()))
                        .map(key -> key.getValue().created().toString())
                        .findFirst()
                        .orElse(""));
        facts.put(RamRotation.UNKNOWN_USED, "");
        return facts;
    }
}
