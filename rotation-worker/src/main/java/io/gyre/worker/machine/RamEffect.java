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
        /** The listing, and the last use of a key that is not known. */
        private static final int LOOKS = 2;

        public InspectUser {
            known = Set.copyOf(known);
        }

        @Override
        public Calls calls() {
            return new Calls(CloudProduct.RAM, LOOKS);
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

        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.STS);
        }
    }

    /** Makes an AccessKey; the answer is the only place that ever holds its secret. Not harmless to repeat. */
    record CreateKey(String user) implements RamEffect {
        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.RAM);
        }
    }

    /** Makes a signed call with the key; not yet, as long as RAM does not know it everywhere. */
    record ProveKey(Credential which) implements RamEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }

        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.STS);
        }
    }

    /** Makes a signed call with the key that must be refused; not yet, as long as it is answered. */
    record ProveKeyRefused(Credential which) implements RamEffect {
        @Override
        public Set<Credential> needs() {
            return Set.of(which);
        }

        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.STS);
        }
    }

    /** Reports {@link RamRotation#LAST_USED}: when the key was last used; empty for never. */
    record ReadLastUse(String user, String keyId) implements RamEffect {
        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.RAM);
        }
    }

    /** Lets the key work again. Refused for a person if it is gone. */
    record EnableKey(String user, String keyId) implements RamEffect {
        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.RAM);
        }
    }

    /** Done also where the key is disabled already, or is gone. */
    record DisableKey(String user, String keyId) implements RamEffect {
        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.RAM);
        }
    }

    /** Done also where the key is gone already. */
    record DeleteKey(String user, String keyId) implements RamEffect {
        @Override
        public Calls calls() {
            return Calls.of(CloudProduct.RAM);
        }
    }
}
