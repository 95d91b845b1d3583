package io.gyre.worker.machine;

import java.util.Set;

/** What a RAM rotation does at RAM. */
public sealed interface RamEffect extends Effect {
    /**
     * Looks at the user and its AccessKeys. Reports {@link RamRotation#KEYS} (their ids, joined by commas), {@link
     * RamRotation#UNKNOWN} (those that are none of {@code known}) and, where that is exactly one, when it was created and
     * last used. Refused for a person if there is no such user.
     */
    record InspectUser(String user, Set<String> known) implements RamEffect {
        public InspectUser {
            known = Set.copyOf(known);
        }
    }

    /**
     * Makes a signed call with the key only to see whether calls can be tried: done whether it is answered or refused.
     * Reports {@link RamRotation#CALL}: {@code works} or {@code refused}.
     */
    record ReachKey(Credential which) implements RamEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }

    /** Makes an AccessKey; the answer is the only place that ever holds its secret. Not harmless to repeat. */
    record CreateKey(String user) implements RamEffect {}

    /** Makes a signed call with the key; not yet, as long as RAM does not know it everywhere. */
    record ProveKey(Credential which) implements RamEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }

    /** Makes a signed call with the key that must be refused; not yet, as long as it is answered. */
    record ProveKeyRefused(Credential which) implements RamEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }
    }

    /** Reports {@link RamRotation#LAST_USED}: when the key was last used; empty for never. */
    record ReadLastUse(String user, String keyId) implements RamEffect {}

    /** Lets the key work again. Refused for a person if it is gone. */
    record EnableKey(String user, String keyId) implements RamEffect {}

    /** Done also where the key is disabled already, or is gone. */
    record DisableKey(String user, String keyId) implements RamEffect {}

    /** Done also where the key is gone already. */
    record DeleteKey(String user, String keyId) implements RamEffect {}
}
