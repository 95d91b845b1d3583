package io.gyre.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The root keys that a process was given: the current one, and beside it one that comes or goes. Which of them is current
 * the database says, so that all processes agree; until it was asked, the first is.
 *
 * <p>What a root key seals carries its name in front, so that opening never tries one key after another. What was sealed
 * before root keys had names carries none, and under that key none is written: processes of then read it too.
 */
public final class RootKeys {
    /** Stands before a name. A ciphertext without one begins with 96 random bits, which do not come out as a name's. */
    private static final byte[] NAMED = "gyre:rk1".getBytes(StandardCharsets.US_ASCII);

    private static final int NAME_BYTES = NAMED.length + RootKeyId.BYTES;

    private final Map<RootKeyId, RootKey> keys = new LinkedHashMap<>();
    private volatile RootKeyNames names;

    private RootKeys(Collection<RootKey> given) {
        for (RootKey key : given) {
            if (keys.put(key.id(), key) != null) {
                throw new EnvelopeException("The same root key (" + key.id()
                        + ") is given twice: give another one beside it, or one alone.");
            }
        }
        RootKeyId first = keys.keySet().iterator().next();
        this.names = new RootKeyNames(first, Optional.of(first));
    }

    /** @param first counts as the current one until the database was asked */
    public static RootKeys of(RootKey first, RootKey... others) {
        List<RootKey> given = new ArrayList<>(List.of(others));
        given.add(0, first);
        return new RootKeys(given);
    }

    /** Of every key that was given, the first one first. */
    public List<RootKeyId> ids() {
        return List.copyOf(keys.keySet());
    }

    public boolean knows(RootKeyId id) {
        return keys.containsKey(id);
    }

    /** What the database was last heard to say. */
    public RootKeyNames names() {
        return names;
    }

    /** From now on. */
    public void told(RootKeyNames said) {
        names = said;
    }

    /**
     * The key under which this was sealed.
     *
     * @param sealed by a root key
     */
    public Optional<RootKeyId> sealedUnder(byte[] sealed) {
        return carriesName(sealed)
                ? Optional.of(RootKeyId.of(Arrays.copyOfRange(sealed, NAMED.length, NAME_BYTES)))
                : names.unnamed();
    }

    /**
     * Whichever key of these opens what carries no name; to be asked once in an installation's life, by the start that
     * notes the answer.
     */
    public Optional<RootKeyId> openerOfUnnamed(byte[] sealed, String about) {
        return keys.values().stream()
                .filter(key -> opens(key, sealed, about))
                .map(RootKey::id)
                .findFirst();
    }

    private static boolean opens(RootKey key, byte[] sealed, String about) {
        try {
            key.key().open(sealed, about);
            return true;
        } catch (EnvelopeException e) {
            return false;
        }
    }

    byte[] seal(RootKeyId under, byte[] plaintext, String about) {
        return named(under, known(under, about).key().seal(plaintext, about));
    }

    byte[] open(byte[] sealed, String about) {
        return opener(sealed, about).key().open(content(sealed), about);
    }

    byte[] sealSession(byte[] plaintext, String about) {
        RootKeyId current = names.current();
        return named(current, known(current, about).sessions().seal(plaintext, about));
    }

    byte[] openSession(byte[] sealed, String about) {
        return opener(sealed, about).sessions().open(content(sealed), about);
    }

    private RootKey opener(byte[] sealed, String about) {
        RootKeyId under = sealedUnder(sealed)
                .orElseThrow(() -> new EnvelopeException("Cannot decrypt " + about
                        + ": it does not say which root key sealed it, as everything in this installation does."));
        return known(under, about);
    }

    private RootKey known(RootKeyId id, String about) {
        RootKey key = keys.get(id);
        if (key == null) {
            throw new EnvelopeException("Cannot seal or open " + about + ": it takes root key " + id
                    + ", and this process was given " + keys.keySet() + " alone.");
        }
        return key;
    }

    private byte[] named(RootKeyId under, byte[] sealed) {
        if (names.unnamed().equals(Optional.of(under))) {
            return sealed;
        }
        return ByteBuffer.allocate(NAME_BYTES + sealed.length)
                .put(NAMED)
                .put(under.bytes())
                .put(sealed)
                .array();
    }

    private static boolean carriesName(byte[] sealed) {
        return sealed.length > NAME_BYTES && Arrays.equals(sealed, 0, NAMED.length, NAMED, 0, NAMED.length);
    }

    private static byte[] content(byte[] sealed) {
        return carriesName(sealed) ? Arrays.copyOfRange(sealed, NAME_BYTES, sealed.length) : sealed;
    }

    @Override
    public String toString() {
        return "***";
    }
}
