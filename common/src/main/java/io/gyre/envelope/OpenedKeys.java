package io.gyre.envelope;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Keys of instances and keys of secrets that were unwrapped lately, by their wrapped bytes and what they are for. Nothing
 * stale can come of it: a wrapped key that was rotated has other bytes, one that was destroyed has none to be looked up by,
 * and the words that bind it to its place are part of the question. Safe for use by several threads.
 */
final class OpenedKeys {
    /** Instances and keys in use at a time; each costs about a kilobyte. */
    static final int CAPACITY = 1024;

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    private record Wrapped(ByteBuffer bytes, String about) {}

    private final Map<Wrapped, SealingKey> keys = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Wrapped, SealingKey> eldest) {
            return size() > CAPACITY;
        }
    };

    /** The key that these bytes unwrap to; unwrapped now where it was not lately. What cannot be opened is not kept. */
    SealingKey get(byte[] wrapped, String about, Supplier<SealingKey> unwrapped) {
        synchronized (keys) {
            SealingKey known = keys.get(new Wrapped(ByteBuffer.wrap(wrapped), about));
            if (known != null) {
                hits.increment();
                return known;
            }
        }
        misses.increment();
        SealingKey opened = unwrapped.get();
        synchronized (keys) {
            keys.put(new Wrapped(ByteBuffer.wrap(wrapped.clone()), about), opened);
        }
        return opened;
    }

    /** How often a key was known. */
    long hits() {
        return hits.sum();
    }

    /** How often one had to be unwrapped. */
    long misses() {
        return misses.sum();
    }
}
