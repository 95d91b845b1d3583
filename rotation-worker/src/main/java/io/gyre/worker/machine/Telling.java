package io.gyre.worker.machine;

import org.jspecify.annotations.Nullable;

/**
 * What a decision tells people.
 *
 * @param note the timeline's entry; null for what nobody wants to read of, such as one more poll
 * @param finding what is wrong, in a sentence for a person; null for nothing
 * @param warning whether the entry says something that somebody should look into although the rotation goes on
 */
public record Telling(@Nullable String note, @Nullable String finding, boolean warning) {
    static final Telling NOTHING = new Telling(null, null, false);

    static Telling note(String note) {
        return new Telling(note, null, false);
    }

    static Telling finding(String finding) {
        return new Telling(finding, finding, false);
    }
}
