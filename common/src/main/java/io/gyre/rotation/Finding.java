package io.gyre.rotation;

import java.util.List;

/**
 * What is wrong with a rotation, in three parts. A part that was not told is empty.
 *
 * @param seen at the target
 * @param means for the secret
 * @param remedy what a person is to do
 */
public record Finding(String seen, String means, String remedy) {
    /**
     * Of a rotation that is late or waits. Where it waits, what is asked of a person says more than the last look did.
     *
     * @param asked where it went wrong; empty where it did not
     * @param looked what a look at the target of a late rotation found; empty where none did
     */
    public static Finding ofRotation(boolean waits, String asked, String looked) {
        return of((waits && !asked.isEmpty()) || looked.isEmpty() ? asked : looked);
    }

    /** The first sentence tells what is seen, the last one what to do, and what stands between what it means. */
    public static Finding of(String sentences) {
        if (sentences.isEmpty()) {
            return new Finding("No worker has looked at the target yet.", "", "");
        }
        List<String> parts = List.of(sentences.split("(?<=[.!?])\\s+(?=\\p{Lu})", -1));
        int last = parts.size() - 1;
        return new Finding(
                parts.get(0),
                last > 1 ? String.join(" ", parts.subList(1, last)) : "",
                last > 0 ? parts.get(last) : "");
    }
}
