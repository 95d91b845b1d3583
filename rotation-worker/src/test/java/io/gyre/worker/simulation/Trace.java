package io.gyre.worker.simulation;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Everything that happened, as one number: two runs of a seed that differ anywhere have different ones, also in two
 * processes. So nothing goes in whose text or hash differs from process to process, such as an unordered collection.
 */
final class Trace {
    private static final long PRIME = 0x100000001b3L;

    private final boolean printed;
    private long hash = 0xcbf29ce484222325L;

    Trace(boolean printed) {
        this.printed = printed;
    }

    void add(long nanos, String what, Object... details) {
        hash = (hash ^ nanos) * PRIME;
        hash = (hash ^ what.hashCode()) * PRIME;
        for (Object each : details) {
            hash = (hash
                            ^ (each instanceof Long number
                                    ? number
                                    : String.valueOf(each).hashCode()))
                    * PRIME;
        }
        if (printed) {
            String said = Arrays.stream(details).map(String::valueOf).collect(Collectors.joining(" "));
            System.out.printf("%12.6f s  %s %s%n", nanos / 1e9, what, said);
        }
    }

    long hash() {
        return hash;
    }
}
