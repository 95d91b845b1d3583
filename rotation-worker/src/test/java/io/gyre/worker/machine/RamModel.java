package io.gyre.worker.machine;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.RamEffect.CreateKey;
import io.gyre.worker.machine.RamEffect.DeleteKey;
import io.gyre.worker.machine.RamEffect.DisableKey;
import io.gyre.worker.machine.RamEffect.EnableKey;
import io.gyre.worker.machine.RamEffect.InspectUser;
import io.gyre.worker.machine.RamEffect.ProveKey;
import io.gyre.worker.machine.RamEffect.ProveKeyRefused;
import io.gyre.worker.machine.RamEffect.ReachKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A RAM user's keys: name to whether it is active. */
record RamModel(Map<String, Boolean> keys) implements TargetModel {
    static final String NEW = "LTAInew";

    private RamModel with(String key, boolean active) {
        Map<String, Boolean> changed = new TreeMap<>(keys);
        changed.put(key, active);
        return new RamModel(changed);
    }

    private RamModel without(String key) {
        Map<String, Boolean> changed = new TreeMap<>(keys);
        changed.remove(key);
        return new RamModel(changed);
    }

    @Override
    public List<Reaction> perform(Effect effect, Rotation rotation) {
        if (effect instanceof InspectUser inspect) {
            return List.of(new Reaction(this, Done.with(facts(inspect))));
        }
        if (effect instanceof ReachKey) {
            String call = lets(rotation.former()) ? "works" : "refused";
            return List.of(new Reaction(this, Done.with(Map.of(RamRotation.CALL, call))));
        }
        if (effect instanceof CreateKey) {
            return keys.size() >= 2
                    ? List.of(new Reaction(this, new Refused(Remedy.RETRY, "LimitExceeded", "Two keys already.")))
                    : List.of(new Reaction(
                            with(NEW, true), new Done(Map.of(), new Minted(NEW, SecretText.of("secret")))));
        }
        if (effect instanceof EnableKey enable) {
            return List.of(
                    keys.containsKey(enable.keyId())
                            ? new Reaction(with(enable.keyId(), true), Done.plain())
                            : new Reaction(this, new Refused(Remedy.ASK_PERSON, "EntityNotExist", "No such key.")));
        }
        if (effect instanceof ProveKey prove) {
            Reaction notKnownYet = new Reaction(this, new NotYet("RAM does not know it yet."));
            return lets(prove.which() == Credential.CANDIDATE ? NEW : rotation.former())
                    ? List.of(new Reaction(this, Done.plain()), notKnownYet)
                    : List.of(notKnownYet);
        }
        if (effect instanceof ProveKeyRefused) {
            Reaction stillAnswered = new Reaction(this, new NotYet("RAM still answers it."));
            return lets(rotation.former())
                    ? List.of(stillAnswered)
                    : List.of(new Reaction(this, Done.plain()), stillAnswered);
        }
        if (effect instanceof DisableKey disable) {
            RamModel after = keys.containsKey(disable.keyId()) ? with(disable.keyId(), false) : this;
            return List.of(new Reaction(after, Done.plain()));
        }
        if (effect instanceof DeleteKey delete) {
            return List.of(new Reaction(without(delete.keyId()), Done.plain()));
        }
        return List.of(new Reaction(this, Done.with(Map.of(RamRotation.LAST_USED, ""))));
    }

    private Map<String, String> facts(InspectUser inspect) {
        List<String> unknown = keys.keySet().stream()
                .filter(key -> !inspect.known().contains(key))
                .toList();
        boolean isOurs = unknown.equals(List.of(NEW));
        Map<String, String> facts = new HashMap<>();
        facts.put(RamRotation.KEYS, String.join(",", keys.keySet()));
        facts.put(RamRotation.UNKNOWN, String.join(",", unknown));
        facts.put(RamRotation.UNKNOWN_CREATED, isOurs ? Play.NOON.toString() : "2020-01-01T00:00:00Z");
        facts.put(RamRotation.UNKNOWN_USED, "");
        return facts;
    }

    @Override
    public boolean lets(String credential) {
        return keys.getOrDefault(credential, false);
    }

    @Override
    public String candidate(Rotation rotation) {
        return NEW;
    }

    @Override
    public boolean isTidy(String current) {
        return keys.equals(Map.of(current, true));
    }
}
